"""What customers narrow their list by."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from .choices import ProcessState
from .models import Process
from .numbers import readings


class ProcessFilter(django_filters.FilterSet):
    """By state, and by what somebody remembers of it."""

    q = django_filters.CharFilter(label=_("Search"), method="search", max_length=100)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=ProcessState.choices, empty_label=_("All"), widget=forms.Select
    )

    class Meta:
        model = Process
        fields: list[str] = []

    def search(self, queryset: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        """The number as it is written anywhere, or a part of the kind, the title or the registry's number."""
        names = [f"kind__name_{code}__icontains" for code in ("pt", "es", "en")]
        found = Q(title__icontains=text) | Q(registry_number__icontains=text)
        for each in names:
            found |= Q(**{each: text})
        return queryset.filter(found | Q(lookup_number__in=list(readings(text))))
