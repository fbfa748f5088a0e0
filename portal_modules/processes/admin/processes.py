"""The register of processes, with what staff do with one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import display
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from portal_modules.core.admin import (
    CompanyModelForm,
    OnlyFilter,
    Register,
    RegisterLink,
    beginnings,
    found_by,
    short_day,
    tag,
)
from portal_modules.core.finding import patterns

from ..actions import move_to_phase, open_process
from ..models import Process
from .bulk import BULK_VERBS, phase_of_kind, phases_to_choose
from .lateness import days_late, late_in_words
from .narrowing import KindFilter, LateFilter, PhaseFilter
from .work import ProcessInspectView


class ProcessForm(CompanyModelForm):
    """Opening a process and moving it on go through their actions: they write the way and tell the customer.

    A process keeps its customer and its kind.
    """

    instance: Process

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before = (self.instance.phase_id, self.instance.phase_since)
        if not self.instance._state.adding:
            for name in ("customer", "kind"):
                self.fields[name].disabled = True

    def save(self, commit: bool = True) -> Process:
        """Open it, or keep what was changed."""
        if not self.instance._state.adding:
            return self._changed(commit)
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

    def _changed(self, commit: bool) -> Process:
        phase, since = self.instance.phase, self.instance.phase_since
        if phase.pk == self._before[0]:
            return super().save(commit)
        self.instance.phase_id, self.instance.phase_since = self._before
        changed: Process = super().save(commit)
        on = since if "phase_since" in self.changed_data else timezone.localdate()
        self.instance = move_to_phase(changed, phase, by=self.for_user, on=on)
        return self.instance


class ProcessRegister(Register):
    """What the office is at work on."""

    model = Process
    base_form_class = ProcessForm
    inspect_view_class = ProcessInspectView
    menu_icon = "folder-open-inverse"
    menu_order = 210
    view_right = "processes.view"
    edit_right = "processes.edit"
    bulk_verbs = BULK_VERBS
    list_display = ["number_shown", "customer", "phase", "since_shown", "state"]
    list_columns = [
        "kind",
        "title",
        "registry_number",
        "person_in_charge",
        "tax_id_shown",
        "opened_on",
        "closed_on",
    ]
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
    list_filter = [
        "state",
        ("kind", KindFilter),
        ("phase", PhaseFilter),
        LateFilter,
        "person_in_charge",
        "opened_on",
        ("customer", OnlyFilter),
    ]
    list_group = ["kind", "phase", "state", "person_in_charge"]
    list_tones = {"state": {"open": "busy", "closed": "done", "cancelled": "off"}}
    list_links = [
        RegisterLink(_("Board"), "processes_board", "grid", "processes.view"),
        RegisterLink(_("Move by numbers"), "processes_paste", "list-ul", "processes.edit"),
    ]
    search_fields = ["title", "registry_number", "customer__name"]
    search_numbers = ("lookup_number", "customer__tax_id")
    list_select_related = ["customer", "phase"]
    list_related_if_shown = ["kind", "person_in_charge"]
    empty_words = _("Open one for a customer, and they can follow it at once.")
    history_words = {
        "processes.open": _("Opened the process"),
        "processes.move_to_phase": _("Moved it to another phase"),
        "processes.publish_notice": _("Published a notice"),
        "processes.put_in_charge": _("Said who is in charge"),
        "processes.place": _("Said at which site it is"),
        "processes.close": _("Completed it"),
        "processes.cancel": _("Gave it up"),
        "processes.reopen": _("Reopened it"),
        "processes.keep_key": _("Kept the key at the registry"),
        "processes.forget_key": _("Took the key at the registry away"),
        "processes.show_key": _("Looked at the key at the registry"),
    }
    inspect_view_fields = [
        "number_shown",
        "customer",
        "kind",
        "phase",
        "phase_since",
        "state",
        "title",
        "registry_number",
        "site",
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

    def found(self, text: str) -> Q:
        """By an index: there may be a million."""
        return found_by("processes_find", *patterns(text), beginnings(text))

    @display(description=_("number"), ordering="lookup_number")
    def number_shown(self, process: Process) -> str:
        """The number as it is written."""
        return process.number_shown

    def group_values(self, field: Any, found: Sequence[Any]) -> list[tuple[Any, str]]:
        """Phases of several kinds are told apart by their kind."""
        if field.name != "phase":
            return super().group_values(field, found)
        phases = list(phases_to_choose().filter(pk__in=found))
        is_one_kind = len({phase.kind_id for phase in phases}) == 1
        return [(phase.pk, str(phase) if is_one_kind else phase_of_kind(phase)) for phase in phases]

    @display(description=_("in this phase since"), ordering="phase_since")
    def since_shown(self, process: Process) -> Any:
        """The day, and by how much it is late."""
        days = days_late(process)
        if not days:
            return short_day(process.phase_since)
        return format_html("{} {}", short_day(process.phase_since), tag(late_in_words(days), "waiting"))

    @display(description=_("tax id"), ordering="customer__tax_id")
    def tax_id_shown(self, process: Process) -> str:
        """That of the customer, as it is written."""
        return process.customer.tax_id_shown
