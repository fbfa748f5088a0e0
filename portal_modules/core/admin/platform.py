"""The platform's own pages: all companies, making one, entering one. And the switch for everybody else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from portal_modules.core import companies
from portal_modules.core.actions import NewCompany, alias_is_taken, create_company, enter_company, log
from portal_modules.core.alias import suggest_alias, validate_alias
from portal_modules.core.choices import Country, Currency
from portal_modules.core.languages import LANGUAGE_CHOICES
from portal_modules.core.models import Company
from portal_modules.core.models.company import validate_time_zone
from portal_modules.core.scope import STAFF, company_scope, narrow, platform_scope
from portal_modules.core.tax_ids import InvalidTaxId, normalize


class CompanyForm(forms.Form):
    """What is asked for to make a company; what is left out follows from its country."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As its customers know it."))
    alias = forms.CharField(
        label=_("Alias"),
        max_length=40,
        required=False,
        help_text=_("Its address. Left empty, it is made from the name without its legal form."),
    )
    legal_name = forms.CharField(label=_("Legal name"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=Country)
    tax_id = forms.CharField(label=_("Tax id"), max_length=40, required=False)
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", _("As in its country")), *Currency.choices], required=False
    )
    time_zone = forms.CharField(
        label=_("Time zone"),
        required=False,
        validators=[validate_time_zone],
        help_text=_("As in its country, if empty."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=LANGUAGE_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All three, its country's first, if none is chosen."),
    )
    color = forms.RegexField(
        r"\A#[0-9a-fA-F]{6}\Z",
        label=_("Colour"),
        initial="#1f5f4a",
        widget=forms.TextInput(attrs={"type": "color"}),
    )

    def clean(self) -> dict[str, Any]:
        """The alias is free, and the tax id is one of its country."""
        data = super().clean() or self.cleaned_data
        if not data.get("alias") and data.get("name"):
            data["alias"] = suggest_alias(data["name"], alias_is_taken)
        if alias := data.get("alias"):
            try:
                validate_alias(alias)
            except ValidationError as refusal:
                self.add_error("alias", refusal)
            else:
                if alias_is_taken(alias):
                    self.add_error("alias", _("Another company has this alias, or had it."))
        if data.get("tax_id") and data.get("country"):
            try:
                data["tax_id"] = normalize(data["country"], data["tax_id"])
            except InvalidTaxId as refusal:
                self.add_error("tax_id", refusal)
        return data


def _platform_only(request: Any) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied


def company_list(request: Any) -> HttpResponse:
    """All companies, for the platform's administrator; for others those they work in."""
    if request.user.is_superuser:
        with platform_scope():
            shown: list[Any] = list(
                Company.objects.order_by("name").values("pk", "name", "alias", "country", "color")
            )
    else:
        shown = [{"pk": place.company.id, "name": place.name} for place in request.workplaces]
    return render(
        request,
        "core/admin/companies.html",
        {
            "companies": shown,
            "platform_host": settings.PLATFORM_HOST,
            "public_origin": settings.PUBLIC_ORIGIN,
        },
    )


def company_add(request: Any) -> HttpResponse:
    """A new company from a form."""
    _platform_only(request)
    narrow(role=STAFF)
    form = CompanyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        company = create_company(NewCompany(**form.cleaned_data), by=request.user)
        with company_scope(company):
            enter_company(company, request.user)
        request.session["company"] = company.pk
        return redirect("core_company_made", alias=company.alias)
    return render(request, "core/admin/company_add.html", {"form": form}, status=422 if form.errors else 200)


def company_made(request: Any, alias: str) -> HttpResponse:
    """What the new company has, and its addresses."""
    _platform_only(request)
    with platform_scope():
        company = Company.objects.filter(alias=alias).first()
    if company is None:
        raise Http404
    return render(
        request,
        "core/admin/company_made.html",
        {"made": company, "public_origin": settings.PUBLIC_ORIGIN, "platform_host": settings.PLATFORM_HOST},
    )


@require_POST
def company_switch(request: Any, pk: int) -> HttpResponse:
    """Work in another company. The platform's administrator enters it, which the company sees."""
    narrow(role=STAFF)
    found = companies.find_company_by_id(pk)
    if found is None:
        raise Http404
    works_there = any(place.company.id == pk for place in request.workplaces)
    if not works_there:
        _platform_only(request)
    narrow(**found.walls())
    company = companies.card_of(found).company
    with company_scope(company):
        if not works_there:
            enter_company(company, request.user)
        log("core.switch_company", company, by=request.user)
    request.session["company"] = pk
    return redirect("wagtailadmin_home")


def company_colour(request: Any) -> HttpResponse:
    """The colour of the company that is worked in, for the strip at the top of every page."""
    color = request.company.color if request.company else "#5c6470"
    response = HttpResponse(f":root{{--balcao-company:{color}}}", content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    return response
