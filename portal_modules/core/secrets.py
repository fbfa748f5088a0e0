"""Secrets that are kept: encrypted where they must be read again, hashed with a key where they must not.

Every key comes from SECRET_KEY and a purpose, so that what was made for one use is worthless for another.
A new SECRET_KEY goes first and the old one into SECRET_KEY_FALLBACKS: what was kept stays readable, and
what is written from then on takes the new key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class SecretUnreadable(Exception):
    """What was kept was made with another key, for another purpose, or was changed."""


def encrypt(text: str, *, purpose: str) -> str:
    """The text as an authenticated token (Fernet: AES-128-CBC and HMAC-SHA256), in printable letters."""
    return _box(purpose).encrypt(text.encode()).decode("ascii")


def decrypt(token: str, *, purpose: str) -> str:
    """The text of a token. Raises `SecretUnreadable`; never answers something else instead."""
    try:
        return _box(purpose).decrypt(token.encode()).decode()
    except InvalidToken:
        raise SecretUnreadable(f"A secret kept for {purpose!r} cannot be read.") from None


def encrypt_anew(token: str, *, purpose: str) -> str:
    """The same secret under the newest key, for a job that follows a change of keys."""
    try:
        return _box(purpose).rotate(token.encode()).decode("ascii")
    except InvalidToken:
        raise SecretUnreadable(f"A secret kept for {purpose!r} cannot be read.") from None


def keyed_hash(purpose: str, *parts: object) -> str:
    """64 hexadecimal digits that only this installation can make, from a purpose and what it is about."""
    return _digest(next(_keys(purpose)), parts)


def is_keyed_hash(digest: str, purpose: str, *parts: object) -> bool:
    """Is this the digest of these parts, under the newest key or one before it? In constant time."""
    # Every key is compared, whichever fits: how long it takes tells nothing.
    found = [hmac.compare_digest(digest.encode(), _digest(key, parts).encode()) for key in _keys(purpose)]
    return any(found)


def begins_keyed_hash(beginning: str, purpose: str, *parts: object) -> bool:
    """Is this how the digest of these parts begins, under any key? At least 64 bits of it, in constant time.

    For addresses that people read from paper, where a whole digest is too long.
    """
    if len(beginning) < 16:
        raise ValueError("Less than 64 bits of a digest are guessed.")
    wanted = [_digest(key, parts)[: len(beginning)] for key in _keys(purpose)]
    found = [hmac.compare_digest(beginning.encode(), each.encode()) for each in wanted]
    return any(found)


def _box(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in _keys(purpose, use="encrypt")])


def _digest(key: bytes, parts: tuple[object, ...]) -> str:
    # The lengths go in, so that ("ab", "c") and ("a", "bc") differ.
    texts = [str(part).encode() for part in parts]
    message = b"".join(len(text).to_bytes(8, "big") + text for text in texts)
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _keys(purpose: str, use: str = "hash") -> Iterator[bytes]:
    """32 bytes for each secret key, the newest first."""
    if not purpose:
        raise ValueError("a secret has a purpose")
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if not secret:
            raise ImproperlyConfigured("An empty SECRET_KEY or fallback protects nothing.")
        label = f"balcao.secrets\x1f{use}\x1f{purpose}".encode()
        yield hmac.new(str(secret).encode(), label, hashlib.sha256).digest()
