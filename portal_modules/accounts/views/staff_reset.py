"""A new password for somebody of the staff: by the link of a mail, in the frame of a company they work in.

No door of the customers has to be open for it, and nobody is signed in by it: the back office asks for all that
the person has set up.
"""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.access import Level
from portal_modules.core.doors import as_portal
from portal_modules.core.errors import too_many
from portal_modules.core.identity import throttle_identity
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import client_address
from portal_modules.users.models import User

from .. import asked
from ..actions import find_by_link, login_of, prove_by_link, proved_in, reset_password
from ..choices import ProofPurpose
from ..exceptions import CodeRefused, NotOnFile
from ..forms.doors import NewPasswordForm
from ..models import AddressProof
from ..throttles import LINK_ADDRESS, SIGN_IN

PURPOSE: Final = ProofPurpose.STAFF


@requires(Level.ANONYMOUS)
@require_safe
def link(request: Any, token: str) -> HttpResponse:
    """Where the link of the mail leads: it changes nothing, and the token leaves the address at once."""
    where = client_address(request)
    if seconds := LINK_ADDRESS.wait(where):
        return too_many(request, seconds=seconds)
    with company_scope(request.company):
        proof = find_by_link(token, purpose=PURPOSE)
    if proof is None:
        LINK_ADDRESS.hit(where)
        asked.forget_link(request, PURPOSE)
    else:
        asked.keep_link(request, PURPOSE, proof.pk)
    return HttpResponseRedirect(reverse("accounts:staff_reset_opened"))


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: Any) -> HttpResponse:
    """One button, for scanners of mail open links and press none."""
    pk = asked.kept_link(request, PURPOSE)
    if pk is None:
        return _dead(request)
    if request.method != "POST":
        return render(request, "accounts/staff_reset_link.html")
    asked.forget_link(request, PURPOSE)
    try:
        with company_scope(request.company):
            fresh = prove_by_link(pk, purpose=PURPOSE)
    except CodeRefused:
        return _dead(request)
    asked.keep(request, PURPOSE, fresh, next_url="")
    request.session.cycle_key()
    return HttpResponseRedirect(reverse("accounts:staff_reset_password"))


@requires(Level.ANONYMOUS)
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@as_portal
def password(request: Any) -> HttpResponse:
    """The new password, typed twice; then to the door of the back office."""
    proof = _proof_here(request)
    if proof is None:
        return HttpResponseRedirect(reverse("accounts:staff_reset_opened"))
    with company_scope(request.company):
        user = login_of(proof.email)
    form = NewPasswordForm(
        request.POST if request.method == "POST" else None, user=user or User(email=proof.email)
    )
    if not form.is_bound or not form.is_valid():
        return _page(request, form, proof.email)
    try:
        with company_scope(request.company):
            user = reset_password(
                proof, password=form.cleaned_data["password1"], language=request.public_language
            )
    except (NotOnFile, CodeRefused) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, proof.email)
    asked.forget(request, PURPOSE)
    SIGN_IN.succeeded((throttle_identity(user.email), client_address(request)))
    return HttpResponseRedirect(reverse("accounts:invited_done"))


def _proof_here(request: Any) -> AddressProof | None:
    kept = asked.kept(request, PURPOSE)
    if kept is None:
        return None
    with company_scope(request.company):
        return proved_in(kept.pk, kept.browser, purpose=PURPOSE)


def _dead(request: Any) -> HttpResponse:
    return render(request, "accounts/staff_reset_link.html", {"is_dead": True}, status=404)


def _page(request: Any, form: NewPasswordForm, email: str) -> HttpResponse:
    context = {"form": form, "email": email}
    return render(
        request, "accounts/staff_reset_password.html", context, status=422 if form.is_bound else 200
    )
