"""What the page of all components shows: made-up values, in two themes and two brands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django import forms
from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from portal_modules.core.inputs import DayInput
from portal_modules.core.uploads import FilesField, FilesForm

SECTIONS = (
    ("green-light", _("Green, light"), "light", "green"),
    ("green-dark", _("Green, dark"), "dark", "green"),
    ("orange-light", _("Orange, light"), "light", "orange"),
    ("orange-dark", _("Orange, dark"), "dark", "orange"),
)
_DAY = date(2026, 5, 12)
_TIME = datetime(2026, 5, 12, 14, 0, tzinfo=UTC)


class Step(NamedTuple):
    """One of the steps that the stepper shows."""

    name: str
    description: str
    state: str
    entered_on: date | None


class EveryField(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Full name"), help_text=_("As it stands in your document."))
    tax_id = forms.CharField(label=_("Tax id"), required=False)
    subject = forms.ChoiceField(
        label=_("Subject"),
        choices=[
            ("", _("Choose one")),
            ("phase", _("A phase looks wrong")),
            ("missing", _("A business is missing")),
        ],
    )
    answer = forms.ChoiceField(
        label=_("How shall we answer?"),
        widget=forms.RadioSelect,
        choices=[("email", _("By e-mail")), ("phone", _("By phone"))],
    )
    topics = forms.MultipleChoiceField(
        label=_("What do you want to hear about?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("notices", _("Notices of my business")), ("invoices", _("Invoices"))],
        required=False,
    )
    paid_on = forms.DateField(
        label=_("Date of payment"),
        widget=DayInput(),
        help_text=_("The day on the receipt."),
    )
    message = forms.CharField(label=_("Your message"), widget=forms.Textarea(attrs={"rows": 4}))
    proof = forms.FileField(
        label=_("Proof of payment"), help_text=_("PDF or image, up to 20 MB."), required=False
    )
    agreed = forms.BooleanField(label=_("I read the conditions"))


class EveryFile(FilesForm):
    """The field for files, with its drop zone."""

    attachments = FilesField(label=_("Files"), required=False)


def demo_sections() -> list[dict[str, Any]]:
    """One round of everything for each theme and brand, with ids that do not meet."""
    return [
        {
            "key": key,
            "label": label,
            "theme": theme,
            "brand": brand,
            "form": EveryField(auto_id=f"{key}-new-%s"),
            "bad_form": EveryField(
                {"tax_id": "123", "subject": "phase", "message": _("What was typed stays.")},
                auto_id=f"{key}-bad-%s",
            ),
            "files_form": EveryFile(auto_id=f"{key}-files-%s"),
            **_lists(),
        }
        for key, label, theme, brand in SECTIONS
    ]


def _lists() -> dict[str, Any]:
    return {
        "today": _TIME,
        "messages": [Message(SUCCESS, str(_("Your message was sent.")))],
        "steps": [
            Step(
                str(_("Documents gathered")),
                str(_("Certificates were requested, checked and translated.")),
                "done",
                _DAY,
            ),
            Step(
                str(_("Analysis at the registry")),
                str(_("A registrar reads your documents. Usually nothing is asked of you.")),
                "current",
                _DAY,
            ),
            Step(str(_("Decision")), str(_("We tell you on the same day.")), "coming", None),
        ],
        "wizard": [
            Step(str(_("Subject")), "", "done", None),
            Step(str(_("Your words")), "", "current", None),
            Step(str(_("Check and send")), "", "coming", None),
        ],
        "facts": [(_("Kind"), _("Nationality for a grandchild")), (_("Opened on"), "14/01/2026")],
        "columns": [
            {"label": _("Invoice")},
            {"label": _("State")},
            {"label": _("Due")},
            {"label": _("Amount"), "kind": "amount"},
        ],
        "rows": [
            _row("2026/118", _("Overdue"), "danger", "350,00"),
            _row("2026/121", _("Due on Friday"), "warning", "1 250,00"),
            _row("2026/97", _("Paid"), "success", "80,00"),
        ],
        "page": Paginator(range(60), 20).page(2),
        "trail": [{"label": _("Home"), "url": "#main"}, {"label": _("Invoices"), "url": "#main"}],
        "tabs": [
            {"label": _("Open"), "url": "#main", "count": 3, "current": True},
            {"label": _("Paid"), "url": "#main", "count": 12, "current": False},
        ],
        "entries": [
            {
                "kind": "message",
                "author": "Inês Duarte",
                "at": _TIME,
                "text": _("Good morning. The certificate has arrived."),
                "is_mine": False,
                "files": [{"name": "certificate.pdf", "url": "#main"}],
            },
            {"kind": "event", "at": _TIME, "text": _("The phase is now: Analysis at the registry")},
            {
                "kind": "message",
                "author": "Ana",
                "at": _TIME,
                "text": _("Thank you. Is there anything that I should do?"),
                "is_mine": True,
                "files": [],
            },
        ],
        "channels": [
            {
                "purpose": "finance",
                "purpose_label": _("Invoices and payments"),
                "kind": "phone",
                "value": "+351 210 000 000",
                "url": "tel:+351210000000",
                "menu_path": _("option 3"),
                "hours": _("Monday to Friday, 9 to 18"),
            },
            {
                "purpose": "finance",
                "purpose_label": _("Invoices and payments"),
                "kind": "whatsapp",
                "value": "+351 910 000 000",
                "url": "https://wa.me/351910000000",
            },
            {
                "purpose": "general",
                "purpose_label": _("Anything else"),
                "kind": "email",
                "value": "ola@example.com",
                "url": "mailto:ola@example.com",
            },
        ],
        "language_links": [
            {"code": "pt", "label": "Português", "url": "#main", "current": True},
            {"code": "es", "label": "Español", "url": "#main", "current": False},
            {"code": "en", "label": "English", "url": "#main", "current": False},
        ],
    }


def _row(number: str, state: Any, tone: str, amount: str) -> dict[str, Any]:
    return {
        "title": number,
        "url": "#main",
        "cells": [
            {"label": _("State"), "value": state, "tone": tone},
            {"label": _("Due"), "value": "12/05/2026"},
            {"label": _("Amount"), "value": f"€ {amount}", "kind": "amount"},
        ],
    }


def components(request: HttpRequest) -> HttpResponse:
    """Every component with its states; made anew each time, because it holds forms."""
    return render(request, "demo/components.html", {"sections": demo_sections()})
