"""What customers narrow their invoices by, on the page and in every file that is made of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any, Final

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal_modules.core.access import Access
from portal_modules.core.amounts import NoAmount, read_amount
from portal_modules.core.inputs import DayInput

from .choices import InvoiceState, Standing
from .exceptions import PeriodOutOfOrder
from .models import FiscalDocument, Invoice

OPEN: Final = "open"
STATES: Final = (
    (OPEN, pgettext_lazy("invoices", "Open")),
    (Standing.PENDING, pgettext_lazy("invoices", "Pending")),
    (Standing.OVERDUE, pgettext_lazy("invoices", "Overdue")),
    (Standing.PAID, pgettext_lazy("invoices", "Paid")),
    (Standing.CANCELLED, pgettext_lazy("invoices", "Cancelled")),
)
ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "newest": ("-issued_on", "-number", "-pk"),
    "oldest": ("issued_on", "number", "pk"),
    "due": ("due_on", "number", "pk"),
    "highest": ("-total", "-issued_on", "-pk"),
    "lowest": ("total", "-issued_on", "-pk"),
}
ORDER_LABELS: Final = (
    ("oldest", _("Oldest first")),
    ("due", _("By due date")),
    ("highest", _("Highest amount first")),
    ("lowest", _("Lowest amount first")),
)


class PeriodForm(forms.Form):
    """A period that ends after it begins."""

    def clean(self) -> dict[str, Any]:
        """Both ends are free."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", ValidationError(PeriodOutOfOrder.sentence))
        return cleaned


class InvoiceFilter(django_filters.FilterSet):
    """By words, state, period of issue and tax id; and in which order.

    `on` is the company's day: what is overdue depends on it.
    """

    q = django_filters.CharFilter(label=_("Search"), method="search", max_length=100)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, empty_label=_("All"), method="in_state"
    )
    since = django_filters.DateFilter(
        label=_("Issued from"), field_name="issued_on", lookup_expr="gte", widget=DayInput()
    )
    until = django_filters.DateFilter(
        label=_("Issued until"), field_name="issued_on", lookup_expr="lte", widget=DayInput()
    )
    sort = django_filters.ChoiceFilter(
        label=_("Order"), choices=ORDER_LABELS, empty_label=_("Newest first"), method="unsorted"
    )
    tax_id = django_filters.CharFilter(
        field_name="tax_id", lookup_expr="exact", max_length=20, widget=forms.HiddenInput
    )

    class Meta:
        model = Invoice
        form = PeriodForm
        fields: list[str] = []

    def __init__(self, data: Any, *, access: Access, on: date) -> None:
        super().__init__(data, queryset=Invoice.objects.visible_to(access))
        self.access = access
        self.on = on

    @property
    def is_narrowed(self) -> bool:
        """Is anything left out?"""
        return any(value for name, value in self.form.cleaned_data.items() if name != "sort")

    @property
    def order(self) -> tuple[str, ...]:
        """The columns that the list is sorted by."""
        return ORDERS[self.form.cleaned_data.get("sort") or "newest"]

    def search(self, queryset: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        """A number of it or of its fiscal note, their purchase order, what it is for, or its amount."""
        notes = FiscalDocument.objects.visible_to(self.access)
        notes = notes.filter(Q(number=text) | Q(key=text.replace(" ", "")), invoice__isnull=False)
        found = (
            Q(number__icontains=text)
            | Q(reference__icontains=text)
            | Q(purchase_order__icontains=text)
            | Q(name_as_issued__icontains=text)
            | Q(pk__in=notes.order_by().values("invoice_id"))
        )
        with suppress(NoAmount):
            found |= Q(total=read_amount(text, "EUR"))
        return queryset.filter(found)

    def in_state(self, queryset: Any, name: str, state: str) -> QuerySet[Any]:
        """As it stands on that day."""
        if state == Standing.CANCELLED:
            return queryset.filter(state=InvoiceState.CANCELLED)
        if state in {Standing.PENDING, Standing.OVERDUE}:
            return getattr(queryset, state)(self.on)
        return getattr(queryset, state)()

    def unsorted(self, queryset: QuerySet[Any], name: str, order: str) -> QuerySet[Any]:
        """The order is the page's to set: sums have none."""
        return queryset
