"""The alias of a company: its short name in addresses, `/p/<alias>/` and `<alias>.<platform host>`.

An alias is therefore one label of a host name (RFC 1123: letters, digits and inner hyphens) and one part of a
path. The words that the platform itself uses in either place are refused.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import count
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MIN_LENGTH: Final = 2
MAX_LENGTH: Final = 40
# Names of companies are long, names of 100 kB are attacks.
_MAX_NAME: Final = 200
# For a name without any letter of ours, such as one in Chinese.
_FALLBACK: Final = "new-company"

_SHAPE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD: Final = re.compile(r"[a-z0-9]+")
# The dot or slash inside an abbreviation of single letters: S.A., S/A, S.L.P.
_ABBREVIATION: Final = re.compile(r"(?<![a-z0-9])([a-z])[./](?=[a-z](?![a-z0-9]))")
# Apostrophes go without a trace (D'Ávila), and these letters have no accent that could be taken off.
_APOSTROPHES: Final = {"'": "", "\N{RIGHT SINGLE QUOTATION MARK}": ""}
_SPELLINGS: Final = str.maketrans({**_APOSTROPHES, "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"})

# How companies of Brazil, Portugal, Spain and Chile end their names, in lower case, without accents and dots.
# Brazil: Código Civil art. 1.155-1.162, Lei Complementar 123/2006, Lei 11.101/2005 art. 69 ("em recuperação
# judicial"). Portugal: Código das Sociedades Comerciais art. 200 and 275. Spain: Reglamento del Registro
# Mercantil art. 403. Chile: Ley 3.918 art. 4, Ley 19.857, Código de Comercio art. 425.
# Left out, being the last word of honest names too: SAL (Flor de Sal), SC and SP (states of Brazil).
_FORMS_OF_FOUR_COUNTRIES: Final = """
ltda; limitada; sociedade limitada; sociedade empresaria limitada; sociedade limitada unipessoal; ltd;
me; epp; mei; microempresa; empresa de pequeno porte; eireli; empresario individual; sociedade simples; ss;
sa; s a; sociedade anonima; sociedad anonima; cia; e cia; y cia; e companhia; y compania;
lda; unipessoal; unipessoal lda; unipessoal limitada; sociedade unipessoal por quotas;
sociedade por quotas; sgps; crl; sp rl; rl; sociedade em comandita;
sl; s l; slu; slp; slne; sll; sau; s l u; s l p; sociedad limitada; sociedad limitada unipersonal;
sociedad limitada profesional; sociedad limitada nueva empresa; sociedad anonima unipersonal; scp; s coop;
sociedad civil; sociedad civil profesional; sociedad cooperativa; comunidad de bienes;
spa; s p a; sociedad por acciones; eirl; empresa individual de responsabilidad limitada;
empresa individual de responsabilidade limitada; sociedad de responsabilidad limitada;
em recuperacao judicial; em liquidacao; en liquidacion; en concurso
"""
_LEGAL_FORMS: Final = frozenset(tuple(form.split()) for form in _FORMS_OF_FOUR_COUNTRIES.split(";"))
_LONGEST_FORM: Final = max(len(form) for form in _LEGAL_FORMS)

_RESERVED_WORDS: Final = """
about access account accounts admin api app apps assets auth autoconfig autodiscover billing blog cdn cms
company contact csp customer customers dashboard demo dev django-admin docs documents email en en-gb en-us
es es-cl es-es favicon files ftp health help hooks i images imap jsi18n language localhost login logout
lookup mail media mta-sts mx my news ns ns1 ns2 p platform pop portal postmaster pt pt-br pt-pt register
robots root s search security share signup sitemap smtp sso staff staging static status support system
test vpn webhooks webmail well-known wpad www
"""
RESERVED: Final = frozenset(_RESERVED_WORDS.split())


def suggest_alias(name: str, taken: Callable[[str], bool]) -> str:
    """A valid, free alias for a company's name without its legal form: "Pepino Tech SPA" gives `pepino-tech`.

    `taken` says whether an alias is in use; from the second on, the suggestion ends in -2, -3, …
    """
    candidates = _numbered(_base_of(name))
    return next(candidate for candidate in candidates if candidate not in RESERVED and not taken(candidate))


def validate_alias(alias: str) -> None:
    """Django validator: raises `ValidationError` with one of the codes length, shape and reserved."""
    if not MIN_LENGTH <= len(alias) <= MAX_LENGTH:
        raise ValidationError(_("An alias has 2 to 40 characters."), code="length")
    if not _SHAPE.fullmatch(alias):
        raise ValidationError(
            _("An alias has small letters without accents, digits and single hyphens inside."),
            code="shape",
        )
    if alias in RESERVED:
        raise ValidationError(_("The portal uses this word itself. Please choose another."), code="reserved")


def _numbered(base: str) -> Iterator[str]:
    yield base
    for number in count(2):
        ending = f"-{number}"
        yield _cut(base, MAX_LENGTH - len(ending)) + ending


def _base_of(name: str) -> str:
    words = _words(name[:_MAX_NAME])
    for candidate in (_without_legal_form(words), words):
        alias = _cut("-".join(candidate), MAX_LENGTH)
        if len(alias) >= MIN_LENGTH:
            return alias
    return _FALLBACK


def _words(name: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _WORD.findall(_ABBREVIATION.sub(r"\1", plain.translate(_SPELLINGS)))


def _without_legal_form(words: list[str]) -> list[str]:
    """Legal forms leave from the end, again and again ("Ltda ME"), but something must remain."""
    rest = words
    while form := _legal_form_at_end(rest):
        rest = rest[: -len(form)]
    return rest


def _legal_form_at_end(words: list[str]) -> tuple[str, ...]:
    for length in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        ending = tuple(words[-length:])
        if ending in _LEGAL_FORMS:
            return ending
    return ()


def _cut(alias: str, length: int) -> str:
    """At most so many characters, ending with a whole word where that leaves more than half."""
    if len(alias) <= length:
        return alias
    head, hyphen, _tail = alias[: length + 1].rpartition("-")
    return (head if hyphen and len(head) > length // 2 else alias[:length]).rstrip("-")
