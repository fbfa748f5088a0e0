import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal_modules.core.alias import MAX_LENGTH, RESERVED, suggest_alias, validate_alias
from tests.patience import soon


def nothing_taken(_alias: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("name", "alias"),
    [
        ("Pepino Tech SPA", "pepino-tech"),
        ("Pepino Tech SpA", "pepino-tech"),
        ("Castro & Lima Advogados", "castro-lima-advogados"),
        ("Altura Locações Ltda.", "altura-locacoes"),
        ("Verde Coletas LTDA - ME", "verde-coletas"),
        ("Verde Coletas Ltda. EPP", "verde-coletas"),
        ("Oficina Boa EIRELI", "oficina-boa"),
        ("Construções S/A", "construcoes"),
        ("Construções S.A.", "construcoes"),
        ("Construções S. A.", "construcoes"),
        ("Aço Forte S.A. - Em Recuperação Judicial", "aco-forte"),
        ("Souza & Cia. Ltda.", "souza"),
        ("Moinho Sociedade Anônima", "moinho"),
        ("Moinho, Sociedade Anónima", "moinho"),
        ("Padaria Central, Lda.", "padaria-central"),
        ("Padaria Central Unipessoal Lda", "padaria-central"),
        ("Padaria Central Limitada", "padaria-central"),
        ("Bodegas Núñez, S.L.", "bodegas-nunez"),
        ("Bodegas Núñez SLU", "bodegas-nunez"),
        ("Abogados del Norte, S.L.P.", "abogados-del-norte"),
        ("Abogados del Norte SCP", "abogados-del-norte"),
        ("Comercial Andina E.I.R.L.", "comercial-andina"),
        ("Comercial Andina EIRL", "comercial-andina"),
        ("L'Oreada D\N{RIGHT SINGLE QUOTATION MARK}Ávila", "loreada-davila"),
        ("Tienda.com S.A.", "tienda-com"),
        ("ＦＵＬＬ Ltda", "full"),
        ("Smørbrød Straße", "smorbrod-strasse"),
    ],
)
def test_an_alias_is_the_name_without_its_legal_form(name: str, alias: str) -> None:
    assert suggest_alias(name, nothing_taken) == alias


@pytest.mark.parametrize(
    ("name", "alias"),
    [
        ("SPA Serena", "spa-serena"),
        ("SA Vidros e Cristais", "sa-vidros-e-cristais"),
        ("Flor de Sal Lda", "flor-de-sal"),
        ("SPA", "spa"),
        ("S.A.", "sa"),
        ("X Ltda", "x-ltda"),
    ],
)
def test_a_legal_form_stays_where_it_is_the_name(name: str, alias: str) -> None:
    assert suggest_alias(name, nothing_taken) == alias


def test_a_taken_alias_gets_the_next_number() -> None:
    taken = {"pepino-tech", "pepino-tech-2"}
    assert suggest_alias("Pepino Tech SpA", taken.__contains__) == "pepino-tech-3"


def test_a_number_fits_into_the_length() -> None:
    name = "a" * 60
    assert suggest_alias(name, {"a" * 40}.__contains__) == "a" * 38 + "-2"


def test_a_long_name_ends_with_a_whole_word() -> None:
    alias = suggest_alias("Sociedade Portuguesa de Engenharia e Construções do Minho", nothing_taken)
    assert alias == "sociedade-portuguesa-de-engenharia-e"


@pytest.mark.parametrize("name", ["", "東京", "X", "&", "." * 50])
def test_a_name_without_usable_letters_still_gets_an_alias(name: str) -> None:
    assert suggest_alias(name, nothing_taken) == "new-company"


def test_a_name_that_is_a_reserved_word_gets_a_number() -> None:
    assert suggest_alias("Admin Ltda", nothing_taken) == "admin-2"


@given(st.text(max_size=300), st.sets(st.integers(0, 5)))
def test_every_suggestion_is_valid_and_free(name: str, refused: set[int]) -> None:
    asked: list[str] = []

    def taken(alias: str) -> bool:
        asked.append(alias)
        return len(asked) - 1 in refused

    alias = suggest_alias(name, taken)
    validate_alias(alias)
    assert asked[-1] == alias
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("alias", ["pepino-tech", "a1", "3m", "a" * MAX_LENGTH])
def test_a_good_alias_passes(alias: str) -> None:
    validate_alias(alias)


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("", "length"),
        ("a", "length"),
        ("a" * 41, "length"),
        ("a" * 100_000, "length"),
        ("Pepino", "shape"),
        ("pepino tech", "shape"),
        ("pepino_tech", "shape"),
        ("locações", "shape"),
        ("-pepino", "shape"),
        ("pepino-", "shape"),
        ("xn--pepino", "shape"),
        ("pepino\n", "shape"),
        ("pepino/tech", "shape"),
        ("pepino.tech", "shape"),
        ("\u0430dmin", "shape"),  # a Cyrillic first letter
        ("admin", "reserved"),
        ("pt", "reserved"),
        ("pt-br", "reserved"),
    ],
)
def test_a_bad_alias_is_refused_with_its_reason(alias: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_alias(alias)
    assert refusal.value.code == code


def test_the_words_of_the_platform_are_reserved() -> None:
    words = "admin api hooks health static media files demo p www mail accounts customer pt es en lookup my"
    assert set(words.split()) <= RESERVED


@pytest.mark.parametrize("piece", ["a", "a-", "S.A.", "ltda ", "\ufdfa", "\u0301", "-"])
def test_a_hostile_name_of_100_kb_is_cheap(piece: str) -> None:
    with soon():
        validate_alias(suggest_alias(piece * (100_000 // len(piece)), nothing_taken))
