"""What a finance page has many of, written from patterns: the rows of invoices, and the months of a drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal_modules.core.amounts import money_shown
from portal_modules.core.companies import CompanyCard
from portal_modules.core.patterns import Pattern
from portal_modules.core.templatetags.days import month_shown, short_day

from .choices import Standing
from .listing import Listed
from .models import FiscalDocument
from .months import Bar, Months

_NOTHING: Final = SafeString("–")
_ROW: Final = Pattern(
    "billing/row.html",
    texts=("hex", "number", "customer", "period", "issued", "due", "notes", "note_links", "total", "open"),
    ids=("pk", "slip"),
)
_NOTE: Final = Pattern("billing/row_note.html", texts=("number",), ids=("pk",))
_BAR: Final = Pattern(
    "billing/month_bar.html",
    texts=("month", "billed", "left", "top", "height", "open_top", "open_height", "width"),
)
_MONTH: Final = Pattern(
    "billing/month_row.html", texts=("path", "first", "last", "month", "billed", "paid", "open")
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which cells the rows of a page have."""

    picks: bool
    customer: bool
    period: bool
    notes: bool
    slips: bool


@dataclass(frozen=True, slots=True)
class DrawnMonths:
    """The bars of the months in which something was billed, the names below them, and all as rows of a table."""

    months: Months
    bars: SafeString
    names: SafeString
    rows: SafeString


def columns_of(rows: list[Listed], *, picks: bool, names_customer: bool) -> Columns:
    """Those that have something in them."""
    return Columns(
        picks=picks,
        customer=names_customer,
        period=any(row.invoice.period_from or row.invoice.period_to for row in rows),
        notes=any(row.notes for row in rows),
        slips=any(row.slip for row in rows),
    )


def drawn_rows(rows: Iterable[Listed], columns: Columns, card: CompanyCard) -> SafeString:
    """The rows, one below the other."""
    return SafeString("".join(_row(row, columns, card) for row in rows))


def drawn_months(months: Months, path: str, card: CompanyCard) -> DrawnMonths:
    """The same months three times; `path` is the page whose list a month narrows."""
    names = (month_shown(bar.month, get_language(), "M") for bar in months.bars)
    return DrawnMonths(
        months,
        bars=SafeString("".join(_bar(bar, months, card) for bar in months.bars if bar.height)),
        names=SafeString("".join(f"<li>{name}</li>" for name in names)),
        rows=SafeString("".join(_month(bar, months.currency, path, card) for bar in months.bars)),
    )


def _row(row: Listed, columns: Columns, card: CompanyCard) -> SafeString:
    invoice = row.invoice
    form = {
        "picks": columns.picks,
        "names_customer": columns.customer,
        "has_period": columns.period,
        "has_notes": columns.notes,
        "has_slips": columns.slips,
        "is_slip": row.slip is not None,
        "tone": row.tone,
        "icon": row.icon,
        "word": str(row.standing.label),
        "is_cancelled": row.standing == Standing.CANCELLED,
        "is_partly_paid": invoice.is_partly_paid,
    }
    words = {
        "pk": invoice.pk,
        "hex": invoice.pk.hex,
        "number": invoice.number_shown,
        "customer": invoice.customer.name if columns.customer else "",
        "period": _period(invoice.period_from, invoice.period_to) if columns.period else "",
        "issued": _day(invoice.issued_on),
        "due": _day(invoice.next_due_on or invoice.due_on),
        "notes": SafeString(", ".join(_note(note, card, in_menu=False) for note in row.notes)) or _NOTHING,
        "note_links": SafeString("".join(_note(note, card, in_menu=True) for note in row.notes)),
        "slip": row.slip.pk if row.slip else "",
        "total": money_shown(invoice.total, invoice.currency),
        "open": money_shown(invoice.open_now, invoice.currency) if invoice.is_partly_paid else "",
    }
    return _ROW.fill(card, form, words)


def _note(note: FiscalDocument, card: CompanyCard, *, in_menu: bool) -> SafeString:
    return _NOTE.fill(card, {"in_menu": in_menu}, {"pk": note.pk, "number": note.number})


def _day(day: date | None) -> SafeString:
    return short_day(day) if day else _NOTHING


def _period(first: date | None, last: date | None) -> SafeString:
    """The days of a closing period; either may be missing."""
    return SafeString(" – ".join(short_day(day) for day in (first, last) if day)) or _NOTHING


def _bar(bar: Bar, months: Months, card: CompanyCard) -> SafeString:
    words = {
        "month": _long(bar.month),
        "billed": money_shown(bar.sums.billed, months.currency),
        "left": bar.left,
        "top": bar.top,
        "height": bar.height,
        "open_top": bar.open_top,
        "open_height": bar.open_height,
        "width": bar.width,
    }
    return _BAR.fill(card, {"is_open": bool(bar.open_height)}, words)


def _month(bar: Bar, currency: str, path: str, card: CompanyCard) -> SafeString:
    words = {
        "path": path,
        "first": bar.month.isoformat(),
        "last": bar.last.isoformat(),
        "month": _long(bar.month),
        "billed": money_shown(bar.sums.billed, currency),
        "paid": money_shown(bar.sums.paid, currency),
        "open": money_shown(bar.sums.open, currency),
    }
    return _MONTH.fill(card, {}, words)


def _long(month: date) -> str:
    return month_shown(month, get_language(), "YEAR_MONTH_FORMAT")
