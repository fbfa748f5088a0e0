"""Two readings of what somebody typed as their e-mail address: one that decides who it is, one that counts.

They differ on purpose. Identity must not merge people, so it keeps accents and look-alike letters apart;
a throttle must not be dodged by spelling, so it drops them. Letters go to the stored address only, never
to what was typed: two addresses that fold together must not swap mail.
"""

import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# RFC 5321 §4.5.3.1.3 allows a path of 256 octets, of which the angle brackets are two.
MAX_EMAIL: Final = 254
# What a counter keeps of a text: more than any address, less than an attack.
MAX_IDENTITY: Final = 320

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_DROPPED_FOR_COUNTING: Final = _INVISIBLE | {"Mn", "Me", "Mc"}


def normalize_email(text: str) -> str:
    """The form in which an address is stored, unique and looked up: NFKC and casefold, without outer blanks.

    Raises `ValidationError` (codes length, characters, shape). Whether the address exists is not asked; only
    that nothing in it can start a second mail header: control characters are refused wherever they stand.
    """
    # Twice the limit leaves room for blanks; beyond it nothing is worth the work of folding.
    if len(text) > MAX_EMAIL * 2:
        raise ValidationError(_("This e-mail address is too long."), code="length")
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise ValidationError(_("This e-mail address has a sign that none can have."), code="characters")
    email = _fold(text).strip()
    if len(email) > MAX_EMAIL or len(email.encode("utf-8", "replace")) > MAX_EMAIL:
        raise ValidationError(_("This e-mail address is too long."), code="length")
    if any(unicodedata.category(character) in _INVISIBLE for character in email):
        raise ValidationError(_("This e-mail address has a blank or a hidden sign in it."), code="characters")
    name, _at, host = email.partition("@")
    if not name or not host or "@" in host:
        raise ValidationError(_("An e-mail address looks like name@example.com, with one @."), code="shape")
    return email


def throttle_identity(text: str) -> str:
    """The key under which attempts on one typed identity are counted, for e-mails, tax ids and numbers alike.

    Case, accents, width and blanks make no difference, so that their variants share one counter; it never
    raises, and it never decides who somebody is.
    """
    # Twice, because casefolding can bring out another accent (the dot of a Turkish capital I).
    return _counted(_counted(text[:MAX_IDENTITY]))[:MAX_IDENTITY]


def _counted(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(
        character for character in decomposed if unicodedata.category(character) not in _DROPPED_FOR_COUNTING
    )


def _fold(text: str) -> str:
    # Casefolding can undo NFKC, hence once more; the result is stable (Unicode Standard, section 3.13).
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded)
