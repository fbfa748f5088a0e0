"""The door of the back office, on any host and without a company in the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal_modules.accounts.adapter import onward
from portal_modules.accounts.forms.doors import AddressForm
from portal_modules.accounts.tasks import send_staff_reset
from portal_modules.accounts.throttles import ASK, ASK_ADDRESS, ASK_EMAIL
from portal_modules.accounts.views.sign_in import SignIn
from portal_modules.core.access import Level
from portal_modules.core.companies import workplaces_of
from portal_modules.core.doors import as_portal, has_second_factor, owes_proof, proof_in_session
from portal_modules.core.errors import too_many
from portal_modules.core.identity import throttle_identity
from portal_modules.core.throttle import client_address
from portal_modules.users.models import User


class StaffSignIn(SignIn):
    """For whoever works in a company now, and for the administrators of the platform."""

    template_name = "accounts/staff_sign_in.html"

    def admits(self, user: User) -> bool:
        """Does this person work anywhere now?"""
        return bool(workplaces_of(user.pk or 0)) or user.is_superuser

    def default_page(self) -> str:
        """The back office."""
        return reverse("wagtailadmin_home")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who is in already goes on."""
        user = request.user
        if isinstance(user, User) and self.admits(user) and not owes_proof(request):
            return HttpResponseRedirect(self.next_page() or self.default_page())
        return super().get(request, *args, **kwargs)


staff_sign_in = as_portal(StaffSignIn.as_view())


@require_http_methods(["GET", "HEAD", "POST"])
@as_portal
def staff_forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link to choose a new password; whoever the address belongs to, the answer is the same."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "is_asked": False}
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/staff_forgotten.html", context, status=422 if form.is_bound else 200)
    email = form.cleaned_data["email"]
    who, where = throttle_identity(email), client_address(request)
    for limit, key in ((ASK_ADDRESS, (where,)), (ASK, (who, where)), (ASK_EMAIL, (who,))):
        if limit.hit("staff", *key) > limit.attempts:
            return too_many(request, seconds=max(1, limit.wait("staff", *key)))
    send_staff_reset.enqueue(email)
    return render(request, "accounts/staff_forgotten.html", {**context, "is_asked": True})


@require_http_methods(["GET", "HEAD"])
@as_portal
def staff_factor(request: HttpRequest) -> HttpResponse:
    """The company asks for a second factor: where it is set up, and the way on once it is."""
    user = request.user
    if not isinstance(user, User):
        return HttpResponseRedirect(reverse("staff_sign_in"))
    if proof_in_session(request, user) >= Level.SECOND_FACTOR:
        return HttpResponseRedirect(reverse("wagtailadmin_home"))
    return render(request, "accounts/staff_factor.html", {"has_factor": has_second_factor(user)})


def wagtail_login(request: HttpRequest) -> HttpResponse:
    """Stands before Wagtail's own page, which would ask for a password and nothing more."""
    wanted = onward(request, request.GET.get("next"), default="")
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return HttpResponseRedirect(f"{reverse('staff_sign_in')}{query}")


@require_http_methods(["GET", "HEAD", "POST"])
@as_portal
def staff_sign_out(request: HttpRequest) -> HttpResponse:
    """One button; pressing it ends the session."""
    if request.method == "POST":
        end_session(request)
        return HttpResponseRedirect(reverse("staff_sign_in"))
    context = {"frame": "accounts/platform.html", "stay_url": reverse("wagtailadmin_home")}
    return render(request, "accounts/sign_out.html", context)
