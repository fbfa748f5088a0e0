"""The filters beside a register, besides those that Django's admin has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.admin.filters import ChoicesFieldListFilter, FieldListFilter, RelatedFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal_modules.core.models import StaffMembership


class PeriodFilter(FieldListFilter):
    """From a day to a day, both of them in; of an instant, the day in the company's zone."""

    template = "core/admin/index_period.html"

    def __init__(
        self, field: Any, request: Any, params: Any, model: Any, model_admin: Any, field_path: str
    ) -> None:
        self.begin, self.end = f"{field_path}__gte", f"{field_path}__lte"
        super().__init__(field, request, params, model, model_admin, field_path)

    def expected_parameters(self) -> list[str | None]:
        """Its two days."""
        return [self.begin, self.end]

    def day(self, name: str) -> date | None:
        """One of its days, or None where none was named."""
        named: Any = self.used_parameters.get(name)
        text = str(named[-1]) if named else ""
        if not text:
            return None
        try:
            found = parse_date(text)
        except ValueError:
            found = None
        if found is None:
            raise IncorrectLookupParameters(name)
        return found

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of these days."""
        begin, end = self.day(self.begin), self.day(self.end)
        is_instant = isinstance(self.field, models.DateTimeField)
        if begin:
            queryset = queryset.filter(**{self.begin: _midnight(begin) if is_instant else begin})
        if end and is_instant and end < date.max:
            queryset = queryset.filter(**{f"{self.field_path}__lt": _midnight(end + timedelta(days=1))})
        elif end:
            queryset = queryset.filter(**{self.end: end})
        return queryset

    def choices(self, changelist: Any) -> Iterator[Any]:
        """What was chosen, in words."""
        begin, end = self.day(self.begin), self.day(self.end)
        if begin or end:
            yield {"selected": False, "query_string": "", "display": ""}
            yield {"selected": True, "query_string": "", "display": _words(begin, end)}


def _midnight(day: date) -> datetime:
    try:
        return timezone.make_aware(datetime.combine(day, time.min))
    except (OverflowError, ValueError):
        raise IncorrectLookupParameters(day) from None


def _words(begin: date | None, end: date | None) -> str:
    days = {
        "begin": date_format(begin, "SHORT_DATE_FORMAT") if begin else "",
        "end": date_format(end, "SHORT_DATE_FORMAT") if end else "",
    }
    if not end:
        return _("since %(begin)s") % days
    if not begin:
        return _("until %(end)s") % days
    return _("%(begin)s to %(end)s") % days


class ColleagueFilter(RelatedFieldListFilter):
    """Somebody of the staff of this company."""

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> list[Any]:
        """Whoever works here, oneself first."""
        people = StaffMembership.objects.select_related("user").order_by("user__name", "pk")
        found = [(each.user_id, str(each.user)) for each in people]
        me = request.user.pk
        return sorted(found, key=lambda pair: pair[0] != me)


class SeveralFilter(ChoicesFieldListFilter):
    """One of the choices of a field, or several of them where an address names them: `?state__in=looked,received`."""

    def __init__(
        self, field: Any, request: Any, params: Any, model: Any, model_admin: Any, field_path: str
    ) -> None:
        self.several = f"{field_path}__in"
        named = [part for value in params.get(self.several, ()) for part in str(value).split(",")]
        super().__init__(field, request, params, model, model_admin, field_path)
        self._named = {*named, *(self.lookup_val or ())}

    def expected_parameters(self) -> list[str | None]:
        """One, none, or several."""
        return [*super().expected_parameters(), self.several]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Each by itself; those that are in force are marked."""
        others = [str(self.lookup_kwarg_isnull), self.several]
        yield {
            "selected": not self.used_parameters,
            "query_string": changelist.get_query_string(remove=[self.lookup_kwarg, *others]),
            "display": _("All"),
        }
        for value, words in self.field.flatchoices:
            yield {
                "selected": str(value) in self._named,
                "query_string": changelist.get_query_string({self.lookup_kwarg: value}, others),
                "display": words,
            }
        if self.field.null:
            yield {
                "selected": bool(self.lookup_val_isnull),
                "query_string": changelist.get_query_string(
                    {self.lookup_kwarg_isnull: "True"}, [self.lookup_kwarg, self.several]
                ),
                "display": _("None"),
            }


class OnlyFilter(RelatedFieldListFilter):
    """One row of many, which a link from its page names: nobody chooses it from a list."""

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> list[Any]:
        """The one that was named, if it is there."""
        named = (self.lookup_val or [""])[-1]
        try:
            row = field.related_model._default_manager.filter(pk=named).first() if named else None
        except (ValueError, OverflowError):
            raise IncorrectLookupParameters(named) from None
        return [(row.pk, str(row))] if row else []

    def has_output(self) -> bool:
        """Nothing to choose: what was named stands above the list."""
        return False


def usual_filter(model: type[models.Model], named: Any) -> Any:
    """A filter as a register names it; of days it is a period, of people the staff."""
    if not isinstance(named, str):
        return named
    field = model._meta.get_field(named.partition("__")[0]) if "__" not in named else None
    if isinstance(field, models.DateField):
        return named, PeriodFilter
    if field is not None and field.related_model is get_user_model():
        return named, ColleagueFilter
    if isinstance(field, models.Field) and field.choices and not isinstance(field, models.BooleanField):
        return named, SeveralFilter
    return named
