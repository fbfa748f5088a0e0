"""Where the company is found: its alias, a host name of its own with the record that proves it, and its website."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal_modules.core.actions import alias_is_taken, change_alias, claim_host, remove_host
from portal_modules.core.actions.addresses import ask_again
from portal_modules.core.addresses import origin_of
from portal_modules.core.admin.setup import for_managers
from portal_modules.core.admin.website import ways_in_from_website
from portal_modules.core.alias import MAX_LENGTH, suggest_alias
from portal_modules.core.exceptions import Refusal
from portal_modules.core.hosts import LONGEST, record_name, record_text
from portal_modules.core.housework import look_up_host
from portal_modules.core.models import Company, CompanyHost, FormerAlias


class AliasForm(forms.Form):
    """Another alias."""

    alias = forms.CharField(
        label=gettext_lazy("Alias"),
        max_length=MAX_LENGTH * 2,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class HostForm(forms.Form):
    """A host name of its own."""

    host = forms.CharField(
        label=gettext_lazy("Host name"),
        max_length=LONGEST + 40,
        help_text=gettext_lazy(
            "Such as customers.example.com. It has to be one that you can change in the DNS."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "inputmode": "url"}),
    )


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def our_address(request: Any) -> HttpResponse:
    """The page, and its four buttons."""
    if request.method != "POST":
        return _page(request)
    company, by = request.company, request.user
    match request.POST.get("verb"):
        case "alias":
            return _change_alias(request)
        case "host":
            return _claim(request)
        case "check":
            if host := CompanyHost.objects.first():
                ask_again(host, by=by)
                look_up_host.enqueue(company.pk)
        case "remove":
            remove_host(company, by=by)
            messages.success(request, _("The host name was given up. Your pages are at your alias."))
    return redirect("core_address")


def _change_alias(request: Any) -> HttpResponse:
    form = AliasForm(request.POST)
    if form.is_valid():
        try:
            change_alias(request.company, form.cleaned_data["alias"].strip().lower(), by=request.user)
        except ValidationError as refusal:
            form.add_error("alias", refusal)
        except Refusal as refusal:
            form.add_error("alias", str(refusal))
        else:
            messages.success(request, _("Saved. The alias before leads here from now on."))
            return redirect("core_address")
    return _page(request, alias_form=form)


def _claim(request: Any) -> HttpResponse:
    form = HostForm(request.POST)
    if form.is_valid():
        try:
            claim_host(request.company, form.cleaned_data["host"], by=request.user)
        except ValidationError as refusal:
            form.add_error("host", refusal)
        except Refusal as refusal:
            form.add_error("host", str(refusal))
        else:
            look_up_host.enqueue(request.company.pk)
            return redirect("core_address")
    return _page(request, host_form=form)


def _page(
    request: Any, alias_form: AliasForm | None = None, host_form: HostForm | None = None
) -> HttpResponse:
    company = Company.objects.get(pk=request.company.pk)
    host = CompanyHost.objects.first()
    suggestion = suggest_alias(company.name, lambda alias: alias_is_taken(alias, company.pk))
    context = {
        "tab": "address",
        "here": company,
        "address": origin_of(company),
        "subdomain": f"{company.alias}.{settings.PLATFORM_HOST}",
        "suggestion": suggestion if suggestion != company.alias else "",
        "former": FormerAlias.objects.values_list("alias", flat=True),
        "host": host,
        "record_name": record_name(host.name) if host else "",
        "record_text": record_text(company, host.name) if host else "",
        "alias_form": alias_form or AliasForm(initial={"alias": company.alias}),
        "ways_in": ways_in_from_website(company, request.card),
        "host_form": host_form or HostForm(initial={"host": host.name if host else ""}),
    }
    is_wrong = bool((alias_form and alias_form.errors) or (host_form and host_form.errors))
    return render(request, "core/admin/our_address.html", context, status=422 if is_wrong else 200)
