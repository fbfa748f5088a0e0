"""Collecting in the back office: the list of the day, the ageing report, reminders and ready texts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.admin.panels import FieldPanel

from portal_modules.core.addresses import whole_address
from portal_modules.core.admin import Catalogue
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.rights import may

from ..forms.texts import ReadyTextForm, StepForm
from ..models import ReadyText, ReminderStep
from ..reading import AGES, ageing, to_collect
from .work import today


class ReminderStepCatalogue(Catalogue):
    """When customers are reminded, and in which words."""

    model = ReminderStep
    icon = "mail"
    menu_order = 230
    view_right = "billing.view"
    edit_right = "billing.configure"
    base_form_class = StepForm
    translated = ("subject", "body")
    common_panels = (FieldPanel("days"), FieldPanel("is_active"))
    list_display = ("subject", "days", "is_active")
    search_fields = ("subject_pt", "subject_es", "subject_en")


class ReadyTextCatalogue(Catalogue):
    """Texts to copy, with the link to pay."""

    model = ReadyText
    icon = "copy"
    menu_order = 232
    view_right = "billing.view"
    edit_right = "billing.configure"
    base_form_class = ReadyTextForm
    translated = ("name", "text")
    common_panels = (FieldPanel("position"),)
    list_display = ("name", "position")
    search_fields = ("name_pt", "name_es", "name_en")


@require_safe
def collect(request: Any) -> HttpResponse:
    """Whom to call today."""
    if not may(request.user, "billing.collect"):
        raise PermissionDenied
    return render(request, "billing/staff/collect.html", {"rows": to_collect(today())})


@require_safe
def ageing_report(request: Any) -> HttpResponse:
    """What is owed, by how late it is."""
    if not may(request.user, "billing.view"):
        raise PermissionDenied
    names = ("1-30", "31-60", "61-90", "91-")
    context = {
        "rows": ageing(today()),
        "sums": ageing(today(), by_customer=False),
        "ages": AGES,
        "names": names,
    }
    return render(request, "billing/staff/ageing.html", context)


@require_safe
def ready_texts(request: Any) -> HttpResponse:
    """The texts with the link in them, in each language, to copy."""
    if not may(request.user, "billing.view"):
        raise PermissionDenied
    company = request.card.company
    texts = [
        (
            row,
            [
                (name, code, text.replace("{link}", _link(company, code)))
                for code, name, text in _written(row)
            ],
        )
        for row in ReadyText.objects.all()
    ]
    return render(request, "billing/staff/texts.html", {"texts": texts})


def _written(row: ReadyText) -> list[tuple[str, str, str]]:
    found = [(code, name, getattr(row, f"text_{code}") or "") for code, name in PUBLIC_LANGUAGES.items()]
    return [(code, name, text) for code, name, text in found if text]


def _link(company: Any, language: str) -> str:
    return whole_address(company, language, "billing:finance")
