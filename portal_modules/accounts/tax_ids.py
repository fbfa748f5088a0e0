"""Tax ids that somebody types at a door: how they may be read, and which customer has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import Country
from portal_modules.core.tax_ids import InvalidTaxId, format_tax_id, may_sign_in, normalize
from portal_modules.customers.models import Customer

# What the document is called where the company is; customers of other countries write their own number there.
_NAMES: Final[dict[str, Promise]] = {
    Country.BRAZIL: _("CPF or CNPJ"),
    Country.PORTUGAL: _("NIF"),
    Country.SPAIN: _("NIF"),
    Country.CHILE: _("RUT"),
}
NOBODY: Final = 0  # no row has this id: what is asked about it costs the same and finds nothing


@dataclass(frozen=True, slots=True)
class TypedTaxId:
    """A number as it can be read: in one country, or in several whose rules it satisfies, the company's first."""

    readings: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> str:
        """As it is written in its country."""
        return format_tax_id(*self.readings[0])

    @property
    def identity(self) -> str:
        """What attempts with it are counted under."""
        return self.readings[0][1]

    def as_json(self) -> list[list[str]]:
        """For the session."""
        return [list(reading) for reading in self.readings]

    @classmethod
    def from_json(cls, kept: Any) -> TypedTaxId:
        """What `as_json` kept."""
        return cls(tuple((country, bare) for country, bare in kept))


def tax_id_name(country: str) -> Promise:
    """What the number is called in a country."""
    return _NAMES[country]


def read_tax_id(text: str, country: str) -> TypedTaxId:
    """Read what somebody typed at the door of a company of this country.

    Raises `InvalidTaxId` with what the company's own country has against it, where no country takes it.
    """
    refusal: InvalidTaxId | None = None
    found: list[tuple[str, str]] = []
    for each in (country, *(other for other in _NAMES if other != country)):
        try:
            bare = normalize(each, text)
            if not may_sign_in(each, bare):
                raise InvalidTaxId("placeholder", each)
        except InvalidTaxId as error:
            refusal = refusal or error
        else:
            found.append((each, bare))
    if not found:
        assert refusal is not None
        raise refusal
    return TypedTaxId(tuple(found))


def has_number(typed: TypedTaxId) -> Q:
    """Whoever's number it is, in one reading or another."""
    wanted = Q(pk=NOBODY)
    for country, bare in typed.readings:
        wanted |= Q(country=country, tax_id=bare)
    return wanted


def customer_of(typed: TypedTaxId) -> Customer | None:
    """The customer with this number, unless archived: one statement, whether there is one or not.

    The company's staff scope has to be in force.
    """
    readable = Customer.objects.active().filter(has_number(typed))
    found = list(readable.order_by("pk")[: len(typed.readings)])
    order = {reading: place for place, reading in enumerate(typed.readings)}
    return min(found, key=lambda each: order[each.country, each.tax_id], default=None)
