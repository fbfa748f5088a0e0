"""The catalogue of kinds: their phases, and the documents that every customer is asked for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from portal_modules.core.admin import Catalogue, CompanyModelForm, words_in_tabs

from ..models import Phase, ProcessKind


class ChecklistItemForm(CompanyModelForm):
    """A document of the checklist; the phases to choose from say of which kind they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phases = Phase.objects.select_related("kind").order_by("kind__position", "kind", "position")
        field: Any = self.fields["phase"]
        field.queryset = phases.filter(kind=self.instance.kind_id) if self.instance.kind_id else phases
        field.label_from_instance = _phase_of_kind


def _phase_of_kind(phase: Phase) -> str:
    return f"{phase.kind}: {phase}"


class ChecklistPanel(InlinePanel):
    """The checklist, over a form that stays inside the company."""

    def get_form_options(self) -> dict[str, Any]:
        """The usual, with our form."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = ChecklistItemForm
        return options


_PHASE_PANELS = [
    words_in_tabs("name", "description", "customer_action"),
    FieldRowPanel([FieldPanel("usual_days_min"), FieldPanel("usual_days_max")]),
    FieldPanel("position"),
]
_CHECKLIST_PANELS = [
    words_in_tabs("title", "why", "example"),
    FieldPanel("phase"),
    FieldRowPanel([FieldPanel("due_days"), FieldPanel("position")]),
    FieldPanel("is_active"),
]


class ProcessKindCatalogue(Catalogue):
    """Kinds of processes, each with its phases and its checklist."""

    model = ProcessKind
    icon = "list-ol"
    menu_order = 211
    view_right = "processes.view"
    edit_right = "processes.configure"
    translated = ("name", "description")
    common_panels = (
        FieldPanel("is_active"),
        FieldPanel("position"),
        InlinePanel("phases", panels=_PHASE_PANELS, heading=_("Phases"), label=_("Phase")),
        ChecklistPanel(
            "checklist",
            panels=_CHECKLIST_PANELS,
            heading=_("Checklist of documents"),
            label=_("Document"),
        ),
    )
    list_display = ("name", "is_active", "position")
    search_fields = ("name_pt", "name_es", "name_en")
