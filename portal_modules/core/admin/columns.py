"""The columns of a register: how a row's values stand in a list, and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from django.contrib.admin.utils import display_for_field, label_for_field, lookup_field
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext

NOTHING = "–"

# What a state means to whoever reads the list: each has its colour and its icon, and the word beside them.
TONES = {
    "new": "circle-plus",
    "busy": "time",
    "waiting": "warning",
    "done": "check",
    "wrong": "circle-xmark",
    "off": "minus",
}


def tag(words: Any, tone: str = "") -> SafeString:
    """A state as a tag in Wagtail's look: the icon of its tone and the word."""
    if tone not in TONES:
        return format_html('<span class="w-status balcao-state">{}</span>', words)
    return format_html(
        '<span class="w-status balcao-state balcao-state--{}">'
        '<svg class="icon" aria-hidden="true"><use href="#icon-{}"></use></svg>{}</span>',
        tone,
        TONES[tone],
        words,
    )


@dataclass
class Column:
    """One column: a field of the model, or a method of the register or of the model."""

    name: str
    register: Any
    tones: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def label(self) -> str:
        """What stands above it."""
        words = label_for_field(self.name, model=self.register.model, model_admin=self.register)
        return str(capfirst(str(words)))

    @cached_property
    def source(self) -> Any:
        """The field behind it, if there is one."""
        try:
            return self.register.model._meta.get_field(self.name)
        except FieldDoesNotExist:
            return None

    @cached_property
    def order(self) -> str:
        """What the list is sorted by when its heading is chosen; empty where it cannot be."""
        if self.source is not None:
            return self.name
        attribute = getattr(self.register, self.name, None) or getattr(self.register.model, self.name, None)
        return getattr(attribute, "admin_order_field", None) or ""

    @property
    def css(self) -> str:
        """Days and numbers of records keep to one line, quantities stand on the right."""
        if isinstance(self.source, models.DateField):
            return "balcao-list__day"
        if "number" in self.name:
            return "balcao-list__day"
        is_number = isinstance(self.source, (models.IntegerField, models.DecimalField, models.FloatField))
        return "balcao-list__number" if is_number and not self.source.choices else ""

    def _found(self, row: Any) -> Any:
        try:
            return lookup_field(self.name, row, self.register)[2]
        except ObjectDoesNotExist:
            return None

    def html(self, row: Any) -> SafeString | str:
        """The value as it stands in the list."""
        value = self._found(row)
        if value is None or value == "":
            return NOTHING
        if self.tones and (tone := self.tones.get(str(value))):
            return tag(self._words(value), tone)
        if isinstance(value, date):
            return short_day(value)
        return conditional_escape(self._words(value))

    def plain(self, row: Any) -> Any:
        """The value for a spreadsheet: days and numbers as such, everything else in words."""
        value = self._found(row)
        if isinstance(value, SafeString):
            return unescape(strip_tags(value))
        if isinstance(value, datetime):
            return timezone.make_naive(value) if timezone.is_aware(value) else value
        if value is None or (isinstance(value, date | int | float | Decimal) and not isinstance(value, bool)):
            return self._words(value) if getattr(self.source, "choices", None) else value
        return str(self._words(value))

    def _words(self, value: Any) -> Any:
        if isinstance(value, bool):
            return gettext("Yes") if value else gettext("No")
        if getattr(self.source, "choices", None):
            return display_for_field(value, self.source, NOTHING)
        if isinstance(value, list | tuple):
            return ", ".join(map(str, value))
        return value


def short_day(value: date) -> SafeString:
    """A day or an instant as a `<time>`, short."""
    if isinstance(value, datetime):
        here = timezone.localtime(value) if timezone.is_aware(value) else value
        words = date_format(here, "SHORT_DATETIME_FORMAT")
    else:
        words = date_format(value, "SHORT_DATE_FORMAT")
    # Both parts are made here, of digits and the catalogue's own format.
    return mark_safe(f'<time datetime="{value.isoformat()}">{words}</time>')  # noqa: S308
