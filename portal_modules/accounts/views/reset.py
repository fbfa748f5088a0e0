"""A new password for somebody who forgot theirs: by the code or by the link of a mail."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.access import Level
from portal_modules.core.doors import as_portal
from portal_modules.core.errors import too_many
from portal_modules.core.identity import throttle_identity
from portal_modules.core.interrupted import carry_over, put_back
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import client_address
from portal_modules.users.models import User

from .. import asked
from ..actions import find_by_link, login_of, prove_by_link, reset_password
from ..choices import ProofPurpose
from ..doors import AUTHENTICATING, through
from ..exceptions import CodeRefused, NotOnFile
from ..forms.doors import NewPasswordForm
from ..throttles import LINK_ADDRESS, SIGN_IN
from . import proving
from .sign_in import let_in

FLOW: Final = proving.Flow(
    purpose=ProofPurpose.RESET,
    title=gettext_lazy("Choose a new password"),
    template="accounts/reset.html",
    start="accounts:reset",
    code="accounts:reset_code",
    again="accounts:reset_again",
    password="accounts:reset_password",  # noqa: S106 (the name of a page)
)


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(*AUTHENTICATING)
def reset(request: Any) -> HttpResponse:
    """The address of one's login."""
    return proving.ask(request, FLOW)


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(*AUTHENTICATING)
def reset_code(request: Any) -> HttpResponse:
    """The code that was mailed."""
    return proving.take_code(request, FLOW)


@requires(Level.ANONYMOUS)
@require_POST
@through(*AUTHENTICATING)
def reset_again(request: Any) -> HttpResponse:
    """Another code."""
    return proving.again(request, FLOW)


@requires(Level.ANONYMOUS)
@require_safe
@through(*AUTHENTICATING)
def reset_link(request: Any, token: str) -> HttpResponse:
    """Where the link of the mail leads: it changes nothing, and the token leaves the address at once."""
    where = client_address(request)
    if seconds := LINK_ADDRESS.wait(where):
        return too_many(request, seconds=seconds)
    with company_scope(request.company):
        proof = find_by_link(token, purpose=FLOW.purpose)
    if proof is None:
        LINK_ADDRESS.hit(where)
        asked.forget_link(request, FLOW.purpose)
    else:
        asked.keep_link(request, FLOW.purpose, proof.pk)
    return HttpResponseRedirect(reverse("accounts:reset_opened"))


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(*AUTHENTICATING)
def reset_opened(request: Any) -> HttpResponse:
    """One button, for scanners of mail open links and press none."""
    pk = asked.kept_link(request, FLOW.purpose)
    if pk is None:
        return _dead_link(request)
    if request.method != "POST":
        return render(request, "accounts/reset_link.html")
    asked.forget_link(request, FLOW.purpose)
    try:
        with company_scope(request.company):
            fresh = prove_by_link(pk, purpose=FLOW.purpose)
    except CodeRefused:
        return _dead_link(request)
    asked.keep(request, FLOW.purpose, fresh, next_url="")
    request.session.cycle_key()
    return HttpResponseRedirect(reverse(FLOW.password))


def _dead_link(request: Any) -> HttpResponse:
    return render(request, "accounts/reset_link.html", {"is_dead": True}, status=404)


@requires(Level.ANONYMOUS)
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@through(*AUTHENTICATING)
@as_portal
def reset_password_page(request: Any) -> HttpResponse:
    """The new password, typed twice; then in, by way of the second factor where there is one."""
    proof = proving.proof_here(request, FLOW)
    if proof is None:
        return proving.nothing_open(request, FLOW)
    with company_scope(request.company):
        user = login_of(proof.email)
    sent = request.POST if request.method == "POST" else None
    form = NewPasswordForm(sent, user=user or User(email=proof.email))
    if sent is None or not form.is_valid():
        return _page(request, form, proof.email)
    try:
        with company_scope(request.company):
            user = reset_password(
                proof,
                password=form.cleaned_data["password1"],
                language=request.public_language,
                here=request.session.session_key or "",
            )
    except (NotOnFile, CodeRefused) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, proof.email)
    kept = asked.kept(request, FLOW.purpose)
    asked.forget(request, FLOW.purpose)
    carried = carry_over(request)
    # Whoever was made to wait for wrong passwords has the right one now.
    SIGN_IN.succeeded((throttle_identity(user.email), client_address(request)))
    messages.success(request, _("Your password is changed. You are signed out in all other browsers."))
    response = let_in(request, user, (kept and kept.next_url) or reverse("my_home"))
    put_back(request, carried)
    return response


def _page(request: Any, form: NewPasswordForm, email: str) -> HttpResponse:
    return render(
        request,
        "accounts/reset_password.html",
        {"form": form, "email": email},
        status=422 if form.is_bound else 200,
    )
