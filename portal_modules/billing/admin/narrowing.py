"""The filters beside the register of invoices: how each stands today."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin.filters import SimpleListFilter
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal_modules.core.companies import card_in_scope

from ..choices import Standing
from ..days import billing_day


class StandingFilter(SimpleListFilter):
    """Pending, overdue, paid: it follows from the amounts and the day."""

    title = _("how it stands")
    parameter_name = "standing"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """What is owed first."""
        return [(each.value, each.label) for each in (Standing.OVERDUE, Standing.PENDING, Standing.PAID)]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The invoices that stand so today."""
        invoices: Any = queryset
        today = billing_day(card_in_scope().company)
        narrowed: dict[str | None, Any] = {
            Standing.OVERDUE: lambda: invoices.overdue(today),
            Standing.PENDING: lambda: invoices.pending(today),
            Standing.PAID: lambda: invoices.paid(),
        }
        found: QuerySet[Any] = narrowed.get(self.value(), lambda: invoices)()
        return found


class AgeFilter(SimpleListFilter):
    """How many days what is owed is overdue."""

    title = _("days overdue")
    parameter_name = "age"
    BOUNDS: ClassVar[dict[str, tuple[int, int | None]]] = {
        "1-30": (1, 30),
        "31-60": (31, 60),
        "61-90": (61, 90),
        "91-": (91, None),
    }

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """The columns of the ageing report."""
        return [
            ("1-30", _("1 to 30 days")),
            ("31-60", _("31 to 60 days")),
            ("61-90", _("61 to 90 days")),
            ("91-", _("More than 90 days")),
        ]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The overdue ones of that age."""
        invoices: Any = queryset
        bounds = self.BOUNDS.get(self.value() or "")
        if bounds is None:
            return queryset
        found: QuerySet[Any] = invoices.aged(billing_day(card_in_scope().company), *bounds)
        return found
