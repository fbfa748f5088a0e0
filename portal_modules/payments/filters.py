"""What customers narrow their payments by, on the page and in the file that is made of it."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal_modules.billing.exceptions import PeriodOutOfOrder
from portal_modules.core.inputs import DayInput

from .models import Payment


class PeriodForm(forms.Form):
    """A period that ends after it begins."""

    def clean(self) -> dict[str, Any]:
        """Both ends are free."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", ValidationError(PeriodOutOfOrder.sentence))
        return cleaned


class PaymentFilter(django_filters.FilterSet):
    """By words and by the period in which they came."""

    q = django_filters.CharFilter(label=_("Search"), method="search", max_length=100)
    since = django_filters.DateFilter(
        label=_("Received from"), field_name="received_on", lookup_expr="gte", widget=DayInput()
    )
    until = django_filters.DateFilter(
        label=_("Received until"), field_name="received_on", lookup_expr="lte", widget=DayInput()
    )

    class Meta:
        model = Payment
        form = PeriodForm
        fields: list[str] = []

    @property
    def is_narrowed(self) -> bool:
        """Is anything left out?"""
        return any(self.form.cleaned_data.values())

    def search(self, queryset: Any, name: str, text: str) -> QuerySet[Any]:
        """A number of it or of an invoice that it paid, who paid, or its note."""
        found: QuerySet[Any] = queryset.found_by(text)
        return found
