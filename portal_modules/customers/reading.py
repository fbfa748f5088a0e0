"""What a line of a file says of a customer and of a person there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import Country
from portal_modules.core.identity import normalize_email
from portal_modules.core.importing.kinds import Row, Text, bare
from portal_modules.core.languages import filled
from portal_modules.core.models import Company
from portal_modules.core.tax_ids import InvalidTaxId, kind_of, normalize

from .choices import CustomerKind, CustomerRole

KEYS = ("country", "tax_id", "reference")
OF_CUSTOMER = ("name", "kind", "language", "group", "type", "reference")
OF_CONTACT = (
    "contact_name",
    "contact_email",
    "contact_phone",
    "contact_position",
    "contact_language",
    "contact_role",
)

NO_KEY = _("It needs a tax id or your own number of the customer.")
NO_NAME = _("A new customer needs a name.")
NOT_A_CHOICE = _("“%(text)s” is none of: %(choices)s.")
TOO_LONG = _("“%(text)s …” is too long: at most %(most)s characters.")
NOT_A_PHONE = _("“%(text)s” is no phone number.")

_PLAIN_EMAIL = re.compile(
    r"\A[a-z0-9][a-z0-9._%+-]{0,62}[a-z0-9]@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.[a-z]{2,24}\Z"
)
_PHONE = re.compile(r"\A[-+0-9 ()./xXext#]{3,40}\Z")
# People that the tax offices of a country number: the rest are organisations.
_PERSONS = {"cpf", "dni", "nie"}
_PERSONS_OF_PORTUGAL = ("1", "2", "3", "45")
_FIRST_COMPANY_OF_CHILE = 50_000_000

_COUNTRIES = {
    **{bare(code): code for code in Country.values},
    "brasil": "BR",
    "brazil": "BR",
    "portugal": "PT",
    "espana": "ES",
    "espanha": "ES",
    "spain": "ES",
    "chile": "CL",
}
_KINDS = {
    **dict.fromkeys(
        (
            "person",
            "pessoa",
            "persona",
            "pf",
            "fisica",
            "singular",
            "pessoa singular",
            "pessoa fisica",
            "persona fisica",
            "persona natural",
        ),
        CustomerKind.PERSON,
    ),
    **dict.fromkeys(
        (
            "organisation",
            "organization",
            "organizacao",
            "organizacion",
            "company",
            "empresa",
            "pj",
            "juridica",
            "coletiva",
            "pessoa coletiva",
            "pessoa juridica",
            "persona juridica",
        ),
        CustomerKind.ORGANISATION,
    ),
}
_LANGUAGES = {
    **{code: code for code in ("pt", "es", "en")},
    **dict.fromkeys(("portugues", "portuguese", "pt br", "pt pt"), "pt"),
    **dict.fromkeys(("espanhol", "espanol", "castellano", "spanish"), "es"),
    **dict.fromkeys(("ingles", "english"), "en"),
}
# (buys from us, sells to us)
_TYPES = {
    **dict.fromkeys(("customer", "cliente", "client"), (True, False)),
    **dict.fromkeys(("supplier", "fornecedor", "proveedor"), (False, True)),
    **dict.fromkeys(("both", "ambos", "cliente e fornecedor", "cliente y proveedor"), (True, True)),
}
_ROLES = {
    **{code: code for code in CustomerRole.values},
    **dict.fromkeys(("proprietario", "titular", "propietario", "dono", "dueno"), CustomerRole.OWNER),
    **dict.fromkeys(("financeiro", "finanzas", "financas", "area financeira"), CustomerRole.FINANCE),
    **dict.fromkeys(("operacoes", "operaciones"), CustomerRole.OPERATIONS),
    **dict.fromkeys(
        ("consulta", "leitura", "lectura", "solo consulta", "so consulta", "apenas consulta"),
        CustomerRole.VIEWER,
    ),
}


# Of an enumeration it is a list made anew, and this is asked for each line.
_KNOWN_COUNTRIES = tuple(Country.values)
_KIND_NAMES = tuple(CustomerKind.values)
_ROLE_NAMES = tuple(CustomerRole.values)
_LANGUAGE_NAMES = ("pt", "es", "en")
_TYPE_NAMES = ("customer", "supplier", "both")


@dataclass(slots=True)
class Card:
    """One line, understood: how the customer is found, what it says of it, and of a person there."""

    row: Row
    country: str
    tax_id: str
    reference: str
    customer: dict[str, Any] = field(default_factory=dict)
    group: str = ""
    contact: dict[str, str] = field(default_factory=dict)


def keys_of(company: Company, values: Mapping[str, str]) -> tuple[str, str]:
    """The customer that a line is about, by tax id and by own number; empty where it does not say, or not rightly."""
    country = _country(values.get("country", ""), company)
    try:
        tax_id = tax_id_of(country, values["tax_id"]) if values.get("tax_id") else ""
    except (InvalidTaxId, ValueError):
        tax_id = ""
    reference = values.get("reference", "")
    return f"{country}:{tax_id}" if tax_id else "", f"#{reference}" if reference else ""


@lru_cache(maxsize=120_000)
def tax_id_of(country: str, text: str) -> str:
    """The bare form; a file is read twice, and asks for each number as often as the customer has contacts."""
    return normalize(country, text)


def read_card(company: Company, row: Row) -> Card | None:
    """The line, understood; None when it is refused."""
    country = _country(row.get("country"), company)
    if country not in _KNOWN_COUNTRIES:
        row.refuse(_choice_refused(row.get("country"), _KNOWN_COUNTRIES))
        return None
    try:
        tax_id = tax_id_of(country, row.get("tax_id")) if row.get("tax_id") else ""
    except InvalidTaxId as refusal:
        row.refuse(refusal.sentence)
        return None
    card = Card(row, country, tax_id, row.get("reference"))
    if not tax_id and not card.reference:
        row.refuse(NO_KEY)
        return None
    _read_customer(card)
    _read_contact(card)
    return None if row.is_refused else card


def _read_customer(card: Card) -> None:
    row, found = card.row, card.customer
    if name := row.get("name"):
        found["name"] = _short(row, name, 200)
    if card.reference:
        found["reference"] = _short(row, card.reference, 60)
    if text := row.get("kind"):
        found["kind"] = _choice(row, text, _KINDS, _KIND_NAMES)
    if text := row.get("language"):
        found["language"] = _choice(row, text, _LANGUAGES, _LANGUAGE_NAMES)
    if text := row.get("type"):
        buys, sells = _choice(row, text, _TYPES, _TYPE_NAMES) or (True, False)
        found["is_customer"], found["is_supplier"] = buys, sells
    if text := row.get("group"):
        card.group = _short(row, text, 80)


def _read_contact(card: Card) -> None:
    row, found = card.row, card.contact
    if text := row.get("contact_name"):
        found["name"] = _short(row, text, 160)
    if text := row.get("contact_email"):
        found["email"] = _email(row, text)
    if text := row.get("contact_phone"):
        if not _PHONE.match(text):
            row.refuse(filled(NOT_A_PHONE, text=text[:60]))
        found["phone"] = text
    if text := row.get("contact_position"):
        found["position"] = _short(row, text, 80)
    if text := row.get("contact_language"):
        found["language"] = _choice(row, text, _LANGUAGES, _LANGUAGE_NAMES)
    if text := row.get("contact_role"):
        found["role"] = _choice(row, text, _ROLES, _ROLE_NAMES)


def usual_kind(country: str, tax_id: str) -> str:
    """A person or an organisation, as the tax id tells; without one a person."""
    if not tax_id:
        return CustomerKind.PERSON
    if country == Country.PORTUGAL:
        is_person = tax_id.startswith(_PERSONS_OF_PORTUGAL)
    elif country == Country.CHILE:
        is_person = int(tax_id[:-1]) < _FIRST_COMPANY_OF_CHILE
    else:
        is_person = kind_of(country, tax_id) in _PERSONS
    return CustomerKind.PERSON if is_person else CustomerKind.ORGANISATION


def _country(text: str, company: Company) -> str:
    return _COUNTRIES.get(bare(text), text.upper()) if text else company.country


def _email(row: Row, text: str) -> str:
    plain = text.lower()
    if _PLAIN_EMAIL.match(plain) and ".." not in plain:
        return plain
    try:
        email = normalize_email(text)
        validate_email(email)
    except ValidationError as refusal:
        row.refuse(f"{text[:80]}: {' '.join(refusal.messages)}")
        return ""
    return email


def _short(row: Row, text: str, most: int) -> str:
    if len(text) > most:
        row.refuse(filled(TOO_LONG, text=text[:30], most=most))
    return text[:most]


def _choice(row: Row, text: str, known: Mapping[str, Any], names: Sequence[str]) -> Any:
    found = known.get(bare(text))
    if found is None:
        row.refuse(_choice_refused(text, names))
    return found


def _choice_refused(text: str, names: Sequence[str]) -> Text:
    return filled(NOT_A_CHOICE, text=text[:60], choices=", ".join(names))
