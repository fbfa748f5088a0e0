"""What stands in the cells of a table: days, amounts and customers, or the sentence that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from portal_modules.core.amounts import NoAmount, read_amount
from portal_modules.core.exceptions import Refusal
from portal_modules.core.importing.kinds import Row
from portal_modules.core.languages import filled
from portal_modules.core.models import Company
from portal_modules.core.tax_ids import InvalidTaxId, normalize
from portal_modules.customers.models import Customer

NO_CUSTOMER = _("No customer has this tax id or number. Import the customers first.")
NEEDS_CUSTOMER = _("Say whose it is: the tax id or the own number of the customer.")
NOT_A_DAY = _("“%(text)s” is no day. Write it like 2026-05-31 or 31/05/2026.")
NOT_A_NUMBER = _("“%(text)s” is no number that is taken here.")
NO_AMOUNT = _("“%(text)s”: %(why)s")
TOO_LONG = _("“%(text)s …” is too long.")

_DAY = re.compile(r"\A([0-9]{1,4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,4})(?:[ T].*)?\Z")
_NUMBER = re.compile(r"\A[0-9]{1,9}(?:[.,][0-9]{1,4})?\Z")
_YEARS = range(1990, 2100)
# A file has the same days, rates and prices over and over; what is refused is read anew.
_READ_AGAIN = 4096


@lru_cache(maxsize=_READ_AGAIN)
def day_of(text: str) -> date | None:
    """2026-05-31, or 31/05/2026 as all four countries write it; None for an empty cell."""
    if not text:
        return None
    refused = filled(NOT_A_DAY, text=text[:30])
    parts = _DAY.match(text)
    if parts is None:
        raise Refusal(refused)
    first, month, last = (int(part) for part in parts.groups())
    try:
        day = date(first, month, last) if len(parts[1]) == 4 else date(last, month, first)  # noqa: PLR2004
    except ValueError:
        raise Refusal(refused) from None
    if day.year not in _YEARS:
        raise Refusal(refused)
    return day


@lru_cache(maxsize=_READ_AGAIN)
def amount_of(text: str, currency: str, *, may_be_zero: bool = True) -> Decimal:
    """An amount as people and programs write it; nothing for an empty cell."""
    if not text:
        return Decimal(0)
    try:
        return read_amount(text, currency, may_be_zero=may_be_zero)
    except NoAmount as refusal:
        raise Refusal(filled(NO_AMOUNT, text=text[:30], why=refusal.sentence)) from None


@lru_cache(maxsize=_READ_AGAIN)
def number_of(text: str, usual: str) -> Decimal:
    """A quantity or a rate with at most four decimals."""
    text = text or usual
    if not _NUMBER.match(text):
        raise Refusal(filled(NOT_A_NUMBER, text=text[:30]))
    return Decimal(text.replace(",", "."))


def short(text: str, most: int) -> str:
    """The text, or that it is too long."""
    if len(text) > most:
        raise Refusal(filled(TOO_LONG, text=text[:30]))
    return text


class Customers:
    """The customers that some rows name, fetched at once."""

    def __init__(self, company: Company, rows: Iterable[Row]) -> None:
        self.company = company
        named: set[tuple[str, str]] = set()
        references: set[str] = set()
        for row in rows:
            if key := self._key(row):
                named.add(key)
            if row.get("customer_reference"):
                references.add(row.get("customer_reference")[:60])
        found = Customer.objects.filter(
            country__in={key[0] for key in named}, tax_id__in={key[1] for key in named}
        )
        self.by_tax_id = {(each.country, each.tax_id): each for each in found.exclude(tax_id="")}
        numbered = Customer.objects.filter(reference__in=references).exclude(reference="")
        self.by_reference = {each.reference: each for each in numbered}

    def of(self, row: Row) -> Customer:
        """The customer of a row. Raises that there is none, or that the two keys are of two."""
        tax_id, reference = row.get("customer_tax_id"), row.get("customer_reference")
        if not tax_id and not reference:
            raise Refusal(NEEDS_CUSTOMER)
        key = self._key(row)
        if tax_id and key is None:
            raise Refusal(NO_CUSTOMER)
        by_tax_id = self.by_tax_id.get(key) if key else None
        by_reference = self.by_reference.get(reference[:60]) if reference else None
        found = by_tax_id or by_reference
        if (
            found is None
            or (tax_id and by_tax_id is None)
            or (reference and by_reference not in {None, found})
        ):
            raise Refusal(NO_CUSTOMER)
        return found

    def _key(self, row: Row) -> tuple[str, str] | None:
        tax_id = row.get("customer_tax_id")
        if not tax_id:
            return None
        country = row.get("country").upper() or self.company.country
        try:
            return country, normalize(country, tax_id)
        except (InvalidTaxId, ValueError):
            return None
