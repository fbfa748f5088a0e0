"""Days as people read them."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from babel.dates import format_timedelta
from django import template
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

_KEPT = 20_000  # the days of a decade, in a few languages


@register.filter(expects_localtime=True)
def day(value: date | datetime | None) -> SafeString:
    """`{{ entered_on|day }}`: a `<time>` with the day in the reader's language; of an instant, the day here."""
    if value is None:
        return SafeString("")
    return _element(value.date() if isinstance(value, datetime) else value, get_language())


@register.filter(expects_localtime=True)
def moment(value: datetime) -> SafeString:
    """`{{ sent_at|moment }}`: a `<time>` with day and time as the reader writes them, here."""
    return _moment(value, get_language(), str(value.tzinfo))


@register.filter
def ago(value: datetime | None) -> SafeString:
    """`{{ last_entry|ago }}`: a `<time>` that says how long ago it was, with the moment itself on hover."""
    if value is None:
        return SafeString("")
    locale = (get_language() or "en").replace("-", "_").split("_")
    named = "_".join([locale[0], *(part.upper() for part in locale[1:])])
    words = format_timedelta(value - timezone.now(), add_direction=True, locale=named)
    here = timezone.localtime(value)
    shown = date_format(here, "DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', here.isoformat(), shown, words)


def short_day(value: date) -> SafeString:
    """A `<time>` with the day as tables have it, in the reader's language; for whoever writes many of them."""
    return _short_element(value, get_language())


@lru_cache(maxsize=_KEPT)
def _short_element(value: date, language: str | None) -> SafeString:
    return SafeString(f'<time datetime="{value.isoformat()}">{_short_day(value, language)}</time>')


@lru_cache(maxsize=_KEPT)
def month_shown(value: date, language: str | None, shape: str) -> str:
    """A month as the reader's language, which is in force, writes it in a shape of Django's, such as "M"."""
    return date_format(value, shape)


@lru_cache(maxsize=_KEPT)
def _moment(value: datetime, language: str | None, zone: str) -> SafeString:
    # Moments of two zones may be equal, and are written differently. Days and minutes come again, moments do not.
    shown = f"{_short_day(value.date(), language)} {_minute(value.hour, value.minute, language)}"
    return SafeString(f'<time datetime="{value.isoformat()}">{shown}</time>')


@lru_cache(maxsize=_KEPT)
def _short_day(value: date, language: str | None) -> str:
    return escape(date_format(value, "SHORT_DATE_FORMAT"))


@lru_cache(maxsize=_KEPT)
def _minute(hour: int, minute: int, language: str | None) -> str:
    return escape(time_format(time(hour, minute), "TIME_FORMAT"))


@lru_cache(maxsize=_KEPT)
def _element(value: date, language: str | None) -> SafeString:
    # `language` is in force already: it only tells the kept ones apart.
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value))
