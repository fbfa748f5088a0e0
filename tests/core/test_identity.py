import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal_modules.core.identity import MAX_IDENTITY, normalize_email, throttle_identity
from tests.patience import soon


def code_of(text: str) -> str:
    with pytest.raises(ValidationError) as refusal:
        normalize_email(text)
    return str(refusal.value.code)


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("ana@example.com", "ana@example.com"),
        ("  Ana@Example.COM ", "ana@example.com"),
        ("ａｎａ＠example.com", "ana@example.com"),
        ("josé@example.com", "josé@example.com"),
        ("jose\u0301@example.com", "josé@example.com"),
        ("STRASSE@example.com", "strasse@example.com"),
    ],
)
def test_an_address_has_one_form(text: str, email: str) -> None:
    assert normalize_email(text) == email


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mıke@example.com", "mike@example.com"),
        ("aná@example.com", "ana@example.com"),
        ("\u0430na@example.com", "ana@example.com"),  # a Cyrillic first letter
    ],
)
def test_a_twin_that_looks_alike_stays_somebody_else(one: str, other: str) -> None:
    assert normalize_email(one) != normalize_email(other)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "shape"),
        ("ana", "shape"),
        ("@example.com", "shape"),
        ("ana@", "shape"),
        ("ana@b@example.com", "shape"),
        ("ana＠b@example.com", "shape"),
        ("ana@example.com\n", "characters"),
        ("ana\r\nBcc: x@example.com", "characters"),
        ("ana\x00@example.com", "characters"),
        ("ana\x7f@example.com", "characters"),
        ("ana maria@example.com", "characters"),
        ("ana\u200b@example.com", "characters"),
        ("ana\u2028@example.com", "characters"),
        ("a" * 243 + "@example.com", "length"),
        ("á" * 130 + "@example.com", "length"),
        ("a" * 100_000, "length"),
    ],
)
def test_what_is_no_address_is_refused(text: str, code: str) -> None:
    assert code_of(text) == code


def test_the_longest_address_passes() -> None:
    assert len(normalize_email("a" * 242 + "@example.com")) == 254


@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_the_form_of_an_address_is_stable_and_free_of_control_characters(name: str, host: str) -> None:
    try:
        email = normalize_email(f"{name}@{host}")
    except ValidationError:
        return
    assert normalize_email(email) == email
    assert email.isprintable() or not any(ord(character) < 32 for character in email)
    assert email.count("@") == 1


@pytest.mark.parametrize(
    "variant",
    [
        "ana@example.com",
        "aná@example.com",
        "ANA@example.com",
        " ana@example.com ",
        "Ána@EXAMPLE.com",
        "a\u0301na@example.com",
        "ａｎａ@example.com",
        "ana\u200b@example.com",
        "ana @example.com\r\n",
    ],
)
def test_variants_of_a_spelling_share_one_throttle(variant: str) -> None:
    assert throttle_identity(variant) == "ana@example.com"


@given(st.text(max_size=400))
def test_a_throttle_identity_is_stable_and_bounded(text: str) -> None:
    identity = throttle_identity(text)
    assert throttle_identity(identity) == identity
    assert len(identity) <= MAX_IDENTITY


@given(st.emails())
def test_one_email_has_one_throttle(email: str) -> None:
    assert throttle_identity(email.upper()) == throttle_identity(normalize_email(email))


@pytest.mark.parametrize("piece", ["a", " ", "@", "\ufdfa", "\u0301", "İ", "\x00"])
def test_a_hostile_text_of_100_kb_is_cheap(piece: str) -> None:
    with soon():
        throttle_identity(piece * 100_000)
        assert code_of(piece * 100_000) == "length"
