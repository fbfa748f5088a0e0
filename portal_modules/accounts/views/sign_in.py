"""The customers' door of a company: in and out."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout as end_session
from django.contrib.auth.signals import user_login_failed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django.views.generic import FormView

from portal_modules.accounts.actions import recognise
from portal_modules.accounts.adapter import (
    agreement_page,
    company_of,
    keep_session,
    onward,
    waiting_to_agree,
)
from portal_modules.accounts.coming_in import make_room
from portal_modules.accounts.doors import box_of, door_context, doors
from portal_modules.accounts.forms.doors import SignInForm
from portal_modules.accounts.throttles import SIGN_IN
from portal_modules.accounts.waiting import make_wait
from portal_modules.core.access import Level
from portal_modules.core.doors import as_portal
from portal_modules.core.identity import throttle_identity
from portal_modules.core.looking import memberships_of
from portal_modules.core.proof import requires
from portal_modules.core.throttle import client_address
from portal_modules.users.models import User

PASSWORD: Final = "password"  # noqa: S105 (a kind of proof)


def let_in(
    request: Any, user: User, next_url: str, *, method: str = PASSWORD, remember: bool = False
) -> HttpResponse:
    """Whoever has just shown a password, or what else a door takes, goes on through allauth's steps.

    The second factor, for whoever has one; the company's new terms, where they have to be accepted; then the
    page that was asked for. A device that may remember keeps the session when the browser is closed.
    """
    make_room(request.session, user)
    keep_session(request, remember=remember)
    company = request.company.pk if method != PASSWORD else None
    record_authentication(request, user, method=method, company=company)
    login = Login(user=user, email=user.email, redirect_url=next_url)
    response: HttpResponse = perform_login(request, login)
    return response


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignIn(FormView):  # type: ignore[type-arg]  # Django's own class takes no argument
    """A door that opens with an e-mail and a password, for those whom it admits."""

    form_class = SignInForm

    def admits(self, user: User) -> bool:
        """Does this person belong behind the door?"""
        raise NotImplementedError

    def default_page(self) -> str:
        """Where to go on to when nothing else was asked for."""
        raise NotImplementedError

    def next_page(self) -> str:
        """Where to go on to, which is never outside."""
        wanted = self.request.POST.get("next") or self.request.GET.get("next")
        return onward(self.request, wanted, default="")

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Count the attempt, look, and let in or refuse: in this order, so that waiting costs nothing."""
        where = client_address(self.request)
        who = throttle_identity(form.cleaned_data["login"])
        company = company_of(self.request)
        siege = company.pk if company else None
        if seconds := SIGN_IN.begin((who, where), where, siege):
            return make_wait(self.request, SIGN_IN, (who, where), who=who, seconds=seconds)
        user = recognise(form.cleaned_data["login"], form.cleaned_data["password"], admits=self.admits)
        if user is None:
            SIGN_IN.failed(where, siege)
            user_login_failed.send(sender=__name__, credentials={"email": who}, request=self.request)
            form.refuse()
            return self.form_invalid(form)
        SIGN_IN.succeeded((who, where))
        return let_in(self.request, user, self.next_page() or self.default_page())

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """The form again, with what is wrong."""
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page asked for goes along in the form."""
        return super().get_context_data(next_url=self.next_page(), **kwargs)


PAGE: Final = "accounts:sign_in"


class CustomerSignIn(SignIn):
    """A company's door: for whoever belongs to one of its customers now."""

    template_name = "accounts/sign_in.html"

    def admits(self, user: User) -> bool:
        """Has this person a membership in this company?"""
        return bool(memberships_of(user.pk or 0, self.request.company))  # type: ignore[attr-defined]

    def default_page(self) -> str:
        """The customer's home."""
        return reverse("my_home")

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Where the company lets nobody in by a password alone, its first door stands here."""
        opened = doors.open_in(request.card)
        if not opened:
            raise Http404
        if any(door.page == PAGE for door in opened):
            return super().dispatch(request, *args, **kwargs)
        wanted = onward(request, request.GET.get("next"), default="")
        query = f"?{urlencode({'next': wanted})}" if wanted else ""
        return HttpResponseRedirect(f"{opened[0].url}{query}")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who has proved enough and only has to accept the new terms is asked for nothing else."""
        if waiting_to_agree(request) is not None:
            return HttpResponseRedirect(agreement_page(self.next_page()))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the other ways in, and the way for who comes for the first time."""
        request: Any = self.request
        here = next(door for door in doors.open_in(request.card) if door.page == PAGE)
        box = box_of(request, here)
        for name in ("register_url", "password_url"):
            if box.get(name) and (wanted := self.next_page()):
                box[name] += f"?{urlencode({'next': wanted})}"
        return super().get_context_data(**{**box, **door_context(request, here)}, **kwargs)


sign_in = requires(Level.ANONYMOUS)(as_portal(CustomerSignIn.as_view()))


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@as_portal
def sign_out(request: HttpRequest) -> HttpResponse:
    """One button; pressing it ends the session, whoever it belongs to, and leads to the company's front."""
    if request.method == "POST":
        end_session(request)
        return HttpResponseRedirect(get_script_prefix())
    return render(request, "accounts/sign_out.html", {"frame": "shell.html", "stay_url": reverse("my_home")})
