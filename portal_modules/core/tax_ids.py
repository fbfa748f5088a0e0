"""Tax ids of Brazil, Chile, Portugal and Spain, as people type and paste them.

python-stdnum knows the check digits; this module closes what it leaves open: Brazil's repeated CPFs, Chilean
numbers padded with zeros, a written form for Portugal and Spain, and the numbers that are right on a document
but belong to nobody and so must not open a door.

A tax id is text, never a number, and its letters matter: since July 2026 the first twelve places of a CNPJ
may be letters (Instrução Normativa RFB 2.229/2024). It is stored bare, in upper case, at most 14 characters.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.br import cnpj, cpf
from stdnum.cl import rut
from stdnum.es import nif as es_nif
from stdnum.exceptions import InvalidChecksum, InvalidFormat
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.pt import nif as pt_nif

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Code: TypeAlias = Literal["length", "characters", "check", "repeated", "placeholder"]
Kind: TypeAlias = Literal["cpf", "cnpj", "rut", "nif", "cif", "nie", "dni"]

# The longest honest paste, "CNPJ: 12.ABC.345/01DE-35" between blanks, stays under it; anything above is
# refused before any work is done on it.
MAX_TYPED = 40

# What people write between the digits; the hyphens and blanks of other scripts are known by their category.
_SEPARATORS = frozenset(" \t\r\n.-/:'\N{MINUS SIGN}\N{FRACTION SLASH}")
_SEPARATOR_CATEGORIES = frozenset({"Zs", "Pd", "Cf"})


class InvalidTaxId(ValidationError):
    """A tax id that cannot be accepted; `code` is for programs and `sentence` for the person who typed it.

    Being Django's `ValidationError`, it can leave a form or model field as it is.
    """

    def __init__(self, code: Code, country: str | None = None) -> None:
        self.sentence = _sentence(code, country)
        super().__init__(self.sentence, code=code)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one country knows about its numbers; `labels` are the words people leave in front of them."""

    lengths: frozenset[int]
    labels: tuple[str, ...]
    validate: Callable[[str], str]
    kind: Callable[[str], Kind]
    written: Callable[[str], str]
    length_sentence: "_StrPromise"
    placeholders: frozenset[str]
    padded_with_zeros: bool = False
    may_repeat: bool = False


def normalize(country: str, text: str) -> str:
    """The bare stored form of what somebody typed or pasted, or `InvalidTaxId`.

    Takes blanks, dots, hyphens, slashes, lower case, full-width digits, and a leading country code or name of
    the number ("ES B-58378431", "CNPJ: 12.ABC.345/01DE-35"). Placeholders pass: they are valid on a document;
    ask `may_sign_in` before one identifies anybody.
    """
    rules = _rules_of(country)
    if len(text) > MAX_TYPED:
        raise InvalidTaxId("length", country)
    refusals: list[InvalidTaxId] = []
    for reading in _readings(_compact(text, country), rules):
        try:
            return _checked(reading, country, rules)
        except InvalidTaxId as refusal:
            refusals.append(refusal)
    # "CNPJ 12.ABC.345/01DE-36" is too long with its label and mistyped without: the second is worth telling.
    raise next((refusal for refusal in refusals if refusal.code != "length"), refusals[-1])


def format_tax_id(country: str, bare: str) -> str:
    """The written form customary in the country; what is not a whole number of it comes back unchanged.

    Portugal groups by three; Spain's tax agency writes its numbers without separators.
    """
    rules = _rules_of(country)
    return rules.written(bare) if len(bare) in rules.lengths else bare


def kind_of(country: str, bare: str) -> Kind:
    """Which document a normalized number is. In Spain "nif" names the rest: the letters K, L and M."""
    return _rules_of(country).kind(bare)


def masked(country: str, bare: str) -> str:
    """The written form with all but its last two characters starred, for logs and screens of other people.

    Two and not four: the last four are a second datum that the quick lookup may ask for.
    """
    if len(bare) < 8:
        return "*" * len(bare)
    return "".join(_starred(format_tax_id(country, bare), kept=2))


def may_sign_in(country: str, bare: str) -> bool:
    """Whether a normalized number can stand for a person or company at a door, or is a placeholder."""
    return bare not in _rules_of(country).placeholders


def last_four(bare: str) -> str:
    """The second datum that a lookup by a short imported number asks for."""
    return bare[-4:]


def countries() -> tuple[str, ...]:
    """The ISO 3166 codes of the countries whose tax ids are known."""
    return tuple(_RULES)


def _rules_of(country: str) -> _Rules:
    try:
        return _RULES[country.upper()]
    except KeyError:
        raise ValueError(f"no tax id rules for country {country!r}; known: {', '.join(_RULES)}") from None


def _sentence(code: Code, country: str | None) -> "_StrPromise":
    if code == "length" and country is not None:
        return _rules_of(country).length_sentence
    return _SENTENCES[code]


def _compact(text: str, country: str) -> str:
    # NFKC brings full-width and styled digits home; what is not ASCII after it belongs to no tax id.
    folded = unicodedata.normalize("NFKC", text)
    kept = "".join(character for character in folded if not _separates(character))
    if kept and not (kept.isascii() and kept.isalnum()):
        raise InvalidTaxId("characters", country)
    return kept.upper()


def _separates(character: str) -> bool:
    return character in _SEPARATORS or unicodedata.category(character) in _SEPARATOR_CATEGORIES


def _starred(written: str, kept: int) -> Iterator[str]:
    to_hide = sum(character.isalnum() for character in written) - kept
    for character in written:
        yield "*" if character.isalnum() and to_hide > 0 else character
        to_hide -= character.isalnum()


def _readings(bare: str, rules: _Rules) -> list[str]:
    """The text as it is, then without the labels in front: "CPF" and "BR" can also begin a valid CNPJ."""
    readings = [bare]
    while label := next((label for label in rules.labels if readings[-1].startswith(label)), None):
        readings.append(readings[-1].removeprefix(label))
    return readings


def _checked(bare: str, country: str, rules: _Rules) -> str:
    if rules.padded_with_zeros:
        # Padded or not it is one number, and one person must not have two stored forms.
        bare = bare.lstrip("0")
    if len(bare) not in rules.lengths:
        raise InvalidTaxId("length", country)
    if len(set(bare)) == 1 and not rules.may_repeat:
        raise InvalidTaxId("repeated", country)
    try:
        return rules.validate(bare)
    except InvalidChecksum as error:
        raise InvalidTaxId("check", country) from error
    except StdnumError as error:
        raise InvalidTaxId("characters", country) from error


def _validate_br(bare: str) -> str:
    if not bare[-2:].isdigit():
        # The library calls it a wrong check digit; letters may stand in the first twelve places only.
        raise InvalidFormat()
    return cpf.validate(bare) if len(bare) == 11 else cnpj.validate(bare)


def _kind_br(bare: str) -> Kind:
    return "cpf" if len(bare) == 11 else "cnpj"


def _write_br(bare: str) -> str:
    return cpf.format(bare) if len(bare) == 11 else cnpj.format(bare)


def _kind_cl(_bare: str) -> Kind:
    return "rut"


def _kind_pt(_bare: str) -> Kind:
    return "nif"


def _write_pt(bare: str) -> str:
    return f"{bare[:3]} {bare[3:6]} {bare[6:]}"


def _kind_es(bare: str) -> Kind:
    if bare[0].isdigit():
        return "dni"
    if bare[0] in "XYZ":
        return "nie"
    return "nif" if bare[0] in "KLM" else "cif"


def _write_es(bare: str) -> str:
    return bare


_SENTENCES: dict[Code, "_StrPromise"] = {
    "length": _("This tax number is too short or too long."),
    "characters": _("This tax number has a letter or sign where none can be."),
    "check": _("One character of this tax number seems wrong. Please compare it with your document."),
    "repeated": _("This is the same digit repeated, not a tax number that somebody has."),
    "placeholder": _("This number stands on documents for nobody in particular. Please enter your own."),
}

_RULES: dict[str, _Rules] = {
    "BR": _Rules(
        lengths=frozenset({11, 14}),
        labels=("BR", "CNPJMF", "CPFMF", "CNPJ", "CPF"),
        validate=_validate_br,
        kind=_kind_br,
        written=_write_br,
        length_sentence=_("A CPF has 11 digits and a CNPJ 14 characters."),
        # The recipient of invoices in the tax offices' test environment (manual of the NF-e).
        placeholders=frozenset({"99999999000191"}),
    ),
    "CL": _Rules(
        lengths=frozenset({8, 9}),
        labels=("CL", "RUT", "RUN"),
        validate=rut.validate,
        kind=_kind_cl,
        written=rut.format,
        length_sentence=_("A RUT has 8 or 9 characters, the one after the hyphen included."),
        # Electronic tax documents write them for the final consumer and for buyers abroad.
        placeholders=frozenset({"666666666", "555555555"}),
        padded_with_zeros=True,
        # 11.111.111-1 and its like compute and may be somebody's.
        may_repeat=True,
    ),
    "PT": _Rules(
        lengths=frozenset({9}),
        labels=("PT", "NIPC", "NIF"),
        validate=pt_nif.validate,
        kind=_kind_pt,
        written=_write_pt,
        length_sentence=_("A NIF has 9 digits."),
        # "Consumidor final" of the SAF-T file (Portaria 302/2016).
        placeholders=frozenset({"999999990"}),
    ),
    "ES": _Rules(
        lengths=frozenset({9}),
        labels=("ES", "NIF", "CIF", "NIE", "DNI"),
        validate=es_nif.validate,
        kind=_kind_es,
        written=_write_es,
        length_sentence=_("A NIF has 9 characters, letters included."),
        # The number zero computes and was given to nobody.
        placeholders=frozenset({"00000000T", "X0000000T"}),
    ),
}
