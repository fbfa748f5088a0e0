"""Registering: the e-mail of the contract, its code, a password, and in."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal_modules.core.access import ActorKind, Level
from portal_modules.core.doors import as_portal
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.users.models import User

from .. import asked
from ..actions import cards_without_access, login_of, register_person
from ..agreeing import current_versions, texts_of
from ..choices import ProofPurpose
from ..doors import BY_EMAIL, REGISTERING, WITH_PASSWORD, through
from ..exceptions import CodeRefused, HasLogin, NotOnFile
from ..forms.doors import AgreeForm, NewPasswordForm
from ..models import AddressProof
from . import proving
from .sign_in import let_in

FLOW: Final = proving.Flow(
    purpose=ProofPurpose.REGISTER,
    title=gettext_lazy("Register"),
    template="accounts/register.html",
    start="accounts:register",
    code="accounts:register_code",
    again="accounts:register_again",
    password="accounts:register_password",  # noqa: S106 (the name of a page)
)


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(BY_EMAIL)
def register(request: Any) -> HttpResponse:
    """The e-mail of the contract."""
    if not request.card.is_on(REGISTERING):
        raise Http404
    if request.access.actor == ActorKind.CONTACT:
        return HttpResponseRedirect(reverse("my_home"))
    return proving.ask(request, FLOW)


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(*WITH_PASSWORD)
def register_code(request: Any) -> HttpResponse:
    """The code that was mailed."""
    return proving.take_code(request, FLOW)


@requires(Level.ANONYMOUS)
@require_POST
@through(*WITH_PASSWORD)
def register_again(request: Any) -> HttpResponse:
    """Another code."""
    return proving.again(request, FLOW)


@requires(Level.ANONYMOUS)
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@through(*WITH_PASSWORD)
@as_portal
def register_password(request: Any) -> HttpResponse:
    """A password, typed twice; whoever has a login at another company keeps theirs."""
    proof = proving.proof_here(request, FLOW)
    if proof is None:
        return proving.nothing_open(request, FLOW)
    form, has_login = _form(request, proof)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, proof, has_login=has_login)
    try:
        with company_scope(request.company):
            user = register_person(
                proof,
                password=None if has_login else form.cleaned_data["password1"],
                texts=texts_of(form.texts),
                language=request.public_language,
            )
    except (NotOnFile, HasLogin, CodeRefused) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, proof, has_login=has_login)
    return _registered(request, user, has_login=has_login)


def _form(request: Any, proof: AddressProof) -> tuple[Any, bool]:
    """The form, and whether the person keeps a password that they have."""
    texts = current_versions(request.card)
    sent = request.POST if request.method == "POST" else None
    with company_scope(request.company):
        user = login_of(proof.email)
        card = cards_without_access(proof.email, user).first()
    if user is not None and user.has_usable_password():
        return AgreeForm(sent, texts=texts), True
    person = user or User(email=proof.email, name=card.name if card else "")
    return NewPasswordForm(sent, user=person, texts=texts), False


def _page(request: Any, form: Any, proof: AddressProof, *, has_login: bool) -> HttpResponse:
    context = {"form": form, "email": proof.email, "has_login": has_login}
    status = 422 if form.is_bound and request.method == "POST" else 200
    return render(request, "accounts/register_password.html", context, status=status)


def _registered(request: Any, user: User, *, has_login: bool) -> HttpResponse:
    """Straight in; with a login of before through its own door, which asks for all that the person has set up."""
    kept = asked.kept(request, FLOW.purpose)
    next_url = kept.next_url if kept else ""
    asked.forget(request, FLOW.purpose)
    if has_login:
        messages.success(request, _("Your access is ready. Sign in with the password that you have already."))
        query = f"?{urlencode({'next': next_url})}" if next_url else ""
        return HttpResponseRedirect(f"{reverse('accounts:sign_in')}{query}")
    return let_in(request, user, next_url or reverse("my_home"))
