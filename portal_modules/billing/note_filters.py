"""What customers narrow their fiscal notes by."""

from __future__ import annotations

from typing import Any, Final

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal_modules.core.inputs import DayInput

from .models import FiscalDocument
from .papers.fiscal_keys import bare_key

# Fewer characters stand in nearly every key.
_PART_OF_KEY: Final = 8


class NoteFilter(django_filters.FilterSet):
    """By the days of issue, and by what somebody remembers of it."""

    q = django_filters.CharFilter(label=_("Number, key or issuer"), method="search", max_length=100)
    first = django_filters.DateFilter(
        label=_("Issued from"),
        field_name="issued_on",
        lookup_expr="gte",
        widget=DayInput(),
    )
    last = django_filters.DateFilter(
        label=_("Issued until"),
        field_name="issued_on",
        lookup_expr="lte",
        widget=DayInput(),
    )

    class Meta:
        model = FiscalDocument
        fields: list[str] = []

    def search(self, queryset: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        """The number, a part of the key as it is written anywhere, the issuer, or the operation."""
        found = Q(number__startswith=text.strip()) | Q(issuer__icontains=text) | Q(operation__icontains=text)
        if len(key := bare_key(text)) >= _PART_OF_KEY:
            found |= Q(key__contains=key)
        return queryset.filter(found | Q(invoice__number=text.strip()))
