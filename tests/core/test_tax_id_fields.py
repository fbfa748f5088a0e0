import pytest
from django.core.exceptions import ValidationError

from portal_modules.core.fields import TaxIdField, TaxIdFormField
from tests.patience import soon


def code_of(field: TaxIdFormField, text: str | None) -> str:
    with pytest.raises(ValidationError) as refusal:
        field.clean(text)
    return str(refusal.value.error_list[0].code)


def test_the_form_field_cleans_to_the_bare_form() -> None:
    assert TaxIdFormField(country="BR").clean(" 12.abc.345/01de-35 ") == "12ABC34501DE35"


@pytest.mark.parametrize(
    ("text", "code"), [(None, "required"), ("", "required"), ("  ", "required"), ("12.531.909-3", "check")]
)
def test_the_form_field_says_what_is_wrong(text: str | None, code: str) -> None:
    assert code_of(TaxIdFormField(country="CL"), text) == code


def test_an_optional_field_may_stay_empty() -> None:
    assert TaxIdFormField(country="PT", required=False).clean("") == ""


def test_a_placeholder_is_refused_only_where_somebody_signs_in() -> None:
    assert TaxIdFormField(country="CL").clean("66.666.666-6") == "666666666"
    assert code_of(TaxIdFormField(country="CL", sign_in=True), "66.666.666-6") == "placeholder"


def test_a_stored_number_is_shown_as_people_write_it_and_a_mistyped_one_as_typed() -> None:
    field = TaxIdFormField(country="CL")
    assert field.prepare_value("125319092") == "12.531.909-2"
    assert field.prepare_value("12531909-3") == "12531909-3"
    assert field.prepare_value(None) is None


def test_the_same_number_written_otherwise_is_no_change() -> None:
    field = TaxIdFormField(country="CL")
    assert not field.has_changed("125319092", "12.531.909-2")
    assert field.has_changed("125319092", "10.726.809-K")


def test_only_a_country_without_letters_gets_the_keyboard_of_digits() -> None:
    assert TaxIdFormField(country="PT").widget.attrs["inputmode"] == "numeric"
    assert TaxIdFormField(country="BR").widget.attrs["inputmode"] == "text"


@pytest.mark.parametrize("text", ["1" * 100_000, " " * 99_989 + "39053344705", "1.2-3/" * 20_000])
def test_a_hostile_text_of_100_kb_is_refused_at_once(text: str) -> None:
    with soon():
        assert code_of(TaxIdFormField(country="BR"), text) in {"length", "required"}


@pytest.mark.parametrize("text", ["12ABC34501DE35", "56661263"])
def test_the_model_field_takes_the_bare_form(text: str) -> None:
    TaxIdField().run_validators(text)


@pytest.mark.parametrize("text", ["12abc34501de35", "12.ABC.345/01DE-35", "39053344705\n", "1234567"])
def test_the_model_field_refuses_any_other_form(text: str) -> None:
    with pytest.raises(ValidationError):
        TaxIdField().run_validators(text)


def test_the_model_field_holds_the_longest_number() -> None:
    assert TaxIdField().max_length == 14
