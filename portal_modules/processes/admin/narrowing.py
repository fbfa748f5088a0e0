"""The filters beside the register of processes: a phase is of a kind, and some have been in theirs for too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.filters import RelatedFieldListFilter, SimpleListFilter
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Phase

KIND, PHASE = "kind__id__exact", "phase__id__exact"


class KindFilter(RelatedFieldListFilter):
    """The kind of process. Another kind has other phases, so the phase is forgotten with it."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """The kinds, each without the phase of the one before."""
        yield {
            "selected": not self.used_parameters,
            "query_string": changelist.get_query_string(remove=[KIND, PHASE]),
            "display": _("All"),
        }
        for pk, name in self.lookup_choices:
            yield {
                "selected": str(pk) in (self.lookup_val or ()),
                "query_string": changelist.get_query_string({KIND: pk}, [PHASE]),
                "display": name,
            }


class PhaseFilter(RelatedFieldListFilter):
    """The phases of the kind that was chosen, or of the only one that there is."""

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> list[Any]:
        """In their order."""
        phases = Phase.objects.order_by("kind__position", "kind", "position", "pk")
        kinds = [each for each in request.GET.getlist(KIND) if each.isdecimal() and len(each) < 19]
        if kinds:
            phases = phases.filter(kind__in=kinds)
        elif self.lookup_val:
            named = [each for each in self.lookup_val if each.isdecimal() and len(each) < 19]
            phases = phases.filter(kind__phases__in=named)
        found = list(phases.values_list("pk", "kind_id", "name"))
        if len({kind for _pk, kind, _name in found}) > 1:
            return []
        return [(pk, name) for pk, _kind, name in found]


class LateFilter(SimpleListFilter):
    """Those that have been in their phase for longer than it usually takes."""

    title = _("time")
    parameter_name = "late"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """One is enough: the others are nobody's question."""
        return [("yes", _("Past its usual time"))]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The late ones, or all."""
        late: QuerySet[Any] = queryset
        if self.value() == "yes":
            late = queryset.past_their_usual_time(timezone.localdate())  # type: ignore[attr-defined]
        return late
