"""allauth's pages of second factors, sessions and passwords, held to the rules of this house.

They run as the portal, count what is tried, answer 422 to a refused form, and open only to a session that
has proved what its owner can prove.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.account.utils import user_pk_to_url_str
from allauth.account.views import PasswordChangeView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal_modules.accounts.adapter import company_of, onward, remember_proof
from portal_modules.accounts.forms.factors import (
    AddKeyForm,
    KeyAgainForm,
    KeyForm,
    SecondStepAgainForm,
    SecondStepForm,
    SetUpAppForm,
)
from portal_modules.accounts.throttles import SECOND_STEP
from portal_modules.core.access import Level
from portal_modules.core.doors import as_portal, owes_second_factor, proof_in_session
from portal_modules.core.errors import too_many
from portal_modules.core.throttle import client_address

View = Callable[..., Any]


def door_of(request: Any) -> str:
    """The door of the company whose pages are shown, else the one of the back office."""
    return reverse("accounts:sign_in") if company_of(request) else reverse("staff_sign_in")


def _ask(request: Any) -> HttpResponse:
    wanted = request.get_full_path() if request.method == "GET" else reverse("mfa_index")
    # Whoever came without a password proves more in place: a door without one would only send them back here.
    level = request.access.level if company_of(request) else Level.ANONYMOUS
    is_in = Level.REGISTERED <= level < Level.PASSWORD
    door = reverse("accounts:more_proof") if is_in else door_of(request)
    return HttpResponseRedirect(f"{door}?{urlencode({'next': wanted})}")


def _has_proved_enough(request: Any) -> bool:
    user = request.user
    if not user.is_authenticated:
        return False
    level = request.access.level if company_of(request) else proof_in_session(request, user)
    return level >= Level.PASSWORD and not owes_second_factor(request)


def _answered(request: HttpRequest, response: Any) -> Any:
    """A form that comes back is a refusal."""
    if request.method == "POST" and response.status_code == 200:
        response.status_code = 422
    return response


def own_page(view: View) -> View:
    """A page about one's own login: for a session that has proved all that its owner can prove."""

    @as_portal
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not _has_proved_enough(request):
            return _ask(request)
        return _answered(request, view(request, *args, **kwargs))

    return page


def secret_page(view: View) -> View:
    """A page of one's own where a password, code or key is tried: not without end."""
    return own_page(_counted(view, lambda request: user_pk_to_url_str(request.user)))


def second_step(view: View) -> View:
    """The page between the password and being in: it belongs to whoever has just given a password.

    It is theirs also in a browser that is signed in already, with less proof or at another company.
    """

    @as_portal
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        pending = request.session.get(LOGIN_SESSION_KEY)
        if not isinstance(pending, dict):
            return HttpResponseRedirect(door_of(request))
        request.user = AnonymousUser()
        counted = _counted(view, lambda _request: pending.get("user_pk"))
        return _answered(request, counted(request, *args, **kwargs))

    return page


def _counted(view: View, who: Callable[[Any], Any]) -> View:
    """Count what is tried, and begin anew when it was right."""

    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        user = who(request)
        pair = (user, client_address(request))
        if seconds := SECOND_STEP.begin(pair, user):
            return too_many(request, seconds=seconds)
        response = view(request, *args, **kwargs)
        if response.status_code == 302:
            SECOND_STEP.succeeded(pair)
        else:
            SECOND_STEP.failed(user)
        return response

    return counted


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """What the library calls its login page: the door of what is shown."""
    wanted = onward(request, request.GET.get("next"), default="")
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return HttpResponseRedirect(f"{door_of(request)}{query}")


@as_portal
@require_POST
def give_up(request: Any) -> HttpResponse:
    """Leave: in the middle of signing in nothing is left of it, and whoever is in is out."""
    door = door_of(request)
    if isinstance(request.session.get(LOGIN_SESSION_KEY), dict):
        clear_login(request)
    else:
        end_session(request)
    return HttpResponseRedirect(door)


def _second_factor_shown(request: Any, authenticator: Authenticator) -> None:
    """Setting a factor up proves that one has it: this session need not be asked for it again."""
    record_authentication(request, request.user, method="mfa", id=authenticator.pk, type=authenticator.type)
    remember_proof(request, request.user)
    UserSession.objects.create_from_request(request)


class SecondStep(AuthenticateView):
    """The code or the key that follows the password."""

    form_class = SecondStepForm
    webauthn_form_class = KeyForm


class SecondStepAgain(ReauthenticateView):
    """The code, before something that matters."""

    form_class = SecondStepAgainForm


class KeyAgain(ReauthenticateWebAuthnView):
    """The key, before something that matters."""

    form_class = KeyAgainForm

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again; the library would lead to the door."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response


class SetUpApp(ActivateTOTPView):
    """An authenticator app gets its secret, and shows that it has it."""

    form_class = SetUpAppForm

    def form_valid(self, form: Any) -> HttpResponse:
        """From now on every door asks for it."""
        response: HttpResponse = super().form_valid(form)
        user: Any = self.request.user
        _second_factor_shown(self.request, Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP))
        messages.success(self.request, _("Your authenticator app is set up."))
        return response


class AddKey(AddWebAuthnView):
    """A security key is added."""

    form_class = AddKeyForm

    def form_valid(self, form: Any) -> HttpResponse:
        """From now on every door asks for it."""
        response: HttpResponse = super().form_valid(form)
        keys = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        _second_factor_shown(self.request, keys.latest("pk"))
        return response


class Sessions(ListUserSessionsView):
    """Where one is signed in: one browser signed out, or all the others."""

    def form_valid(self, form: Any) -> HttpResponse:
        """One's own only; what is gone already needs no word."""
        named = self.request.POST.get("session", "")
        if not named:
            response: HttpResponse = super().form_valid(form)
            return response
        own = UserSession.objects.filter(user=self.request.user).exclude(
            session_key=self.request.session.session_key
        )
        for session in (
            own.filter(pk=int(named)) if named.isascii() and named.isdigit() and len(named) < 19 else ()
        ):
            session.end()
            messages.success(self.request, _("That browser is signed out."))
        return HttpResponseRedirect(reverse("usersessions_list"))


class ChangePassword(PasswordChangeView):
    """A new password, after the old one; every other session of the person ends."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who has no password has none to change."""
        if not request.user.has_usable_password():
            raise Http404
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response
