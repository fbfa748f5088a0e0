"""The register of processes, and the catalogue of their kinds and phases."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from portal_modules.core.admin import Catalogue, CompanyModelForm, Register
from portal_modules.core.languages import PUBLIC_LANGUAGES

from .actions import open_process
from .models import Process, ProcessKind


class ProcessForm(CompanyModelForm):
    """Opening a process goes through its action: it draws a number and tells the customer."""

    instance: Process

    def save(self, commit: bool = True) -> Process:
        """Open it, or keep what was changed."""
        if not self.instance._state.adding:
            return super().save(commit)
        data = self.cleaned_data
        self.instance = open_process(
            data["customer"],
            data["kind"],
            by=self.for_user,
            phase=data["phase"],
            title=data["title"],
            registry_number=data["registry_number"],
            opened_on=data["opened_on"],
        )
        return self.instance


class ProcessRegister(Register):
    """What the office is at work on."""

    model = Process
    base_form_class = ProcessForm
    menu_icon = "folder-open-inverse"
    menu_order = 210
    view_right = "processes.view"
    edit_right = "processes.edit"
    list_display = ["number_shown", "customer", "kind", "phase", "phase_since"]
    list_export = [
        "number_shown",
        "customer",
        "kind",
        "phase",
        "phase_since",
        "registry_number",
        "opened_on",
        "state",
    ]
    list_filter = ["state", "kind", "phase", "opened_on"]
    search_fields = ["lookup_number", "title", "registry_number", "customer__name", "customer__tax_id"]
    list_select_related = ["customer", "kind", "phase"]
    inspect_view_fields = [
        "number_shown",
        "customer",
        "kind",
        "phase",
        "phase_since",
        "state",
        "title",
        "registry_number",
        "person_in_charge",
        "opened_on",
        "closed_on",
    ]
    panels = [
        FieldPanel("customer"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("phase")]),
        FieldPanel("title"),
        FieldPanel("registry_number"),
        FieldRowPanel([FieldPanel("opened_on"), FieldPanel("phase_since")]),
        FieldPanel("person_in_charge"),
    ]

    @display(description=_("number"), ordering="lookup_number")
    def number_shown(self, process: Process) -> str:
        """The number as it is written."""
        return process.number_shown


def _phase_panels() -> list[Any]:
    words = [
        FieldPanel(f"{field}_{code}")
        for field in ("name", "description", "customer_action")
        for code in PUBLIC_LANGUAGES
    ]
    return [
        *words,
        FieldRowPanel([FieldPanel("usual_days_min"), FieldPanel("usual_days_max")]),
        FieldPanel("position"),
    ]


class ProcessKindCatalogue(Catalogue):
    """Kinds of processes, each with its phases."""

    model = ProcessKind
    icon = "list-ol"
    menu_order = 211
    view_right = "processes.view"
    edit_right = "processes.configure"
    translated = ("name", "description")
    common_panels = (
        FieldPanel("is_active"),
        FieldPanel("position"),
        InlinePanel("phases", panels=_phase_panels(), heading=_("Phases"), label=_("Phase")),
    )
    list_display = ("name", "is_active", "position")
    search_fields = ("name_pt", "name_es", "name_en")
