"""Secrets that are kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal_modules.core.secrets import (
    SecretUnreadable,
    decrypt,
    encrypt,
    encrypt_anew,
    is_keyed_hash,
    keyed_hash,
)


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    settings.SECRET_KEY = "k" * 50
    settings.SECRET_KEY_FALLBACKS = []


def test_what_is_kept_comes_back_and_cannot_be_read() -> None:
    token = encrypt("chave própria", purpose="test")
    assert "chave" not in token
    assert token != encrypt("chave própria", purpose="test")
    assert decrypt(token, purpose="test") == "chave própria"


def test_it_is_bound_to_its_purpose() -> None:
    with pytest.raises(SecretUnreadable):
        decrypt(encrypt("x", purpose="one"), purpose="another")
    assert keyed_hash("one", "x") != keyed_hash("another", "x")
    with pytest.raises(ValueError, match="purpose"):
        keyed_hash("", "x")


@pytest.mark.parametrize("place", [0, 10, -1])
def test_a_changed_token_is_refused(place: int) -> None:
    token = list(encrypt("x" * 40, purpose="test"))
    token[place] = "A" if token[place] != "A" else "B"
    with pytest.raises(SecretUnreadable):
        decrypt("".join(token), purpose="test")


@pytest.mark.parametrize("token", ["", "plain", "gAAAA", "é"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(SecretUnreadable):
        decrypt(token, purpose="test")


def test_keys_change(settings: Any) -> None:
    old, digest = encrypt("x", purpose="test"), keyed_hash("test", 1)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, ["k" * 50]
    assert decrypt(old, purpose="test") == "x"
    assert is_keyed_hash(digest, "test", 1)
    assert keyed_hash("test", 1) != digest
    new = encrypt_anew(old, purpose="test")
    settings.SECRET_KEY_FALLBACKS = []
    assert decrypt(new, purpose="test") == "x"
    assert not is_keyed_hash(digest, "test", 1)
    with pytest.raises(SecretUnreadable):
        decrypt(old, purpose="test")


def test_parts_do_not_run_together() -> None:
    assert keyed_hash("test", "ab", "c") != keyed_hash("test", "a", "bc")
    assert keyed_hash("test", "a", "") != keyed_hash("test", "a")
    assert len(keyed_hash("test", "a")) == 64
    assert not is_keyed_hash("", "test")


def test_an_empty_key_is_refused(settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [""]
    with pytest.raises(ImproperlyConfigured):
        encrypt("x", purpose="test")
