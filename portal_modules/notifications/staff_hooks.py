"""The page of the back office on which a company says which mail provider it believes."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal_modules.core.exceptions import Refusal
from portal_modules.core.models import Company
from portal_modules.core.rights import may

from . import actions
from .actions.bounces import LONGEST_SECRET
from .models import MailHook
from .providers import PROVIDERS, Provider


class KeyForm(forms.Form):
    """The key with which a provider signs."""

    key = forms.CharField(
        label=gettext_lazy("Signing key"),
        max_length=LONGEST_SECRET + 50,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def mail_hooks(request: Any) -> HttpResponse:
    """Who is believed, at which address, and when something was told last."""
    if request.company is None or not may(request.user, "notifications.connect"):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request)
    provider = PROVIDERS.get(request.POST.get("provider", ""))
    if provider is None:
        raise Http404
    if request.POST.get("verb") == "remove":
        actions.remove_hook(provider.slug, by=request.user)
        messages.success(request, _("%(provider)s is not believed any more.") % {"provider": provider.label})
        return redirect("notifications_hooks")
    return _keep(request, provider) if provider.signs else _make(request, provider)


def _keep(request: Any, provider: Provider) -> HttpResponse:
    form = KeyForm(request.POST, prefix=provider.slug)
    if form.is_valid():
        try:
            actions.keep_hook(request.company, provider.slug, form.cleaned_data["key"], by=request.user)
        except Refusal as refusal:
            form.add_error("key", str(refusal))
        else:
            messages.success(request, _("Saved. Now paste the address at %s.") % provider.label)
            return redirect("notifications_hooks")
    return _page(request, wrong=(provider, form))


def _make(request: Any, provider: Provider) -> HttpResponse:
    """Shown in this answer and never again, so there is no page to come back to."""
    secret = actions.make_hook(request.company, provider.slug, by=request.user)
    return _page(request, made=(provider, secret))


def _page(
    request: Any, wrong: tuple[Provider, KeyForm] | None = None, made: tuple[Provider, str] | None = None
) -> HttpResponse:
    hooks = {hook.provider: hook for hook in MailHook.objects.defer("secret")}
    company = Company.objects.only("uuid").get(pk=request.company.pk)
    rows = []
    for provider in PROVIDERS.values():
        form = wrong[1] if wrong and wrong[0] is provider else KeyForm(prefix=provider.slug)
        secret = made[1] if made and made[0] is provider else ""
        rows.append(
            {
                "provider": provider,
                "hook": hooks.get(provider.slug),
                "form": form if provider.signs else None,
                "address": _address(provider, company, secret),
                "is_new": bool(secret),
                "is_open": provider.slug in hooks or bool(form.errors),
            }
        )
    status = 422 if wrong else 200
    return render(request, "notifications/staff/hooks.html", {"rows": rows, "tab": "mail"}, status=status)


def _address(provider: Provider, company: Company, secret: str) -> str:
    """What is pasted at the provider: with the password, while it is known."""
    origin = urlsplit(settings.PUBLIC_ORIGIN)
    user, _colon, password = secret.partition(":")
    who = f"{quote(user)}:{quote(password)}@" if secret else ""
    return f"{origin.scheme}://{who}{origin.netloc}{reverse('mail_hook', args=[provider.slug, company.uuid])}"
