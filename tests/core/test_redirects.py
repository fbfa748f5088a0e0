import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_modules.core.redirects import safe_next

PREFIX = "/p/castro-lima/"
HOST = "portal.example.com"
DEFAULT = "/p/castro-lima/pt/my/"


def next_of(candidate: str | None, prefix: str = PREFIX) -> str:
    return safe_next(candidate, prefix=prefix, hosts={HOST}, default=DEFAULT)


@pytest.mark.parametrize(
    "candidate",
    [
        "/p/castro-lima/",
        "/p/castro-lima/pt/my/invoices/",
        "/p/castro-lima/pt/my/invoices/?state=open&page=2#row-3",
        "/p/castro-lima/pt/lookup/?q=dois%20nomes",
        "/p/castro-lima/pt/lookup/?url=https%3A%2F%2Fexample.org%2F",
        "/p/castro-lima/pt/not%C3%ADcias/",
        "/p/castro-lima/pt/@castro/",
    ],
)
def test_a_path_of_the_company_is_followed(candidate: str) -> None:
    assert next_of(candidate) == candidate


def test_an_address_on_an_own_host_is_brought_down_to_its_path() -> None:
    assert next_of(f"https://{HOST}/p/castro-lima/pt/my/?page=2") == "/p/castro-lima/pt/my/?page=2"


@pytest.mark.parametrize("candidate", ["/pt/my/", "/admin/", "/admin/processes/?q=1"])
def test_a_company_with_a_host_of_its_own_owns_every_path_and_the_admin(candidate: str) -> None:
    assert next_of(candidate, prefix="/") == candidate


@pytest.mark.parametrize(
    "candidate",
    [
        None,
        "",
        " ",
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\\/evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "https://evil.example",
        "https://evil.example/p/castro-lima/",
        "http://[evil",
        "HTTPS://EVIL.EXAMPLE/p/castro-lima/",
        "//evil.example/p/castro-lima/",
        "@evil.example",
        f"https://{HOST}@evil.example/p/castro-lima/",
        f"https://user@{HOST}/p/castro-lima/",
        f"https://{HOST}.evil.example/p/castro-lima/",
        f"https://{HOST}//evil.example/",
        f"https://{HOST}",
        f"ftp://{HOST}/p/castro-lima/",
        "/p/castro-lima/%0a",
        "/p/castro-lima/%0d%0aLocation:%20https://evil.example",
        "/p/castro-lima/%250a",
        "/p/castro-lima/?q=%0d%0aSet-Cookie:a",
        "/p/castro-lima/?q=%00",
        "/p/castro-lima/\t",
        "/p/castro-lima/\n",
        "/p/castro-lima/\x00",
        "\t//evil.example",
        " /p/castro-lima/",
        "/p/castro-lima/ ",
        "/%09/evil.example",
        "/p/castro-lima/%09/evil.example",
        "/p/castro-lima/%5c%5cevil.example",
        "/p/castro-lima/%255cevil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "/p/castro-lima/../../evil",
        "/p/castro-lima/..",
        "/p/castro-lima/./../evil",
        "/p/castro-lima/%2e%2e/%2e%2e/evil",
        "/p/castro-lima/.%2e/evil",
        "/p/castro-lima/%252e%252e/evil",
        "/p/castro-lima/..%2fevil",
        "/p/castro-lima/%3f/../evil",
        "/p/castro-lima/%3f%2f..%2f..%2fevil",
        "/p/castro-lima/..;/evil",
        "/p/castro-lima//evil.example",
        "/p/castro-lima/%2f/evil.example",
        "/p/castro-lima",
        "/p/castro-lima-2/",
        "/p/castro-lima%2fpt/",
        "/p/altura/pt/my/",
        "/P/CASTRO-LIMA/pt/my/",
        "/p/Castro-Lima/pt/my/",
        "/pt/my/",
        "/admin/",
        "pt/my/",
        "?next=/",
        "/p/castro-lima/\u2028",
        "/p/castro-lima/" + "a" * 2000,
    ],
)
def test_anything_else_leads_to_the_default(candidate: str | None) -> None:
    assert next_of(candidate) == DEFAULT


@pytest.mark.parametrize(
    "candidate",
    [
        "//evil.example",
        "/\\evil.example",
        "/p/altura/pt/my/",
        "/%70/altura/",
        "/../p/altura/",
        "/%2fevil.example",
        "pt/",
    ],
)
def test_a_host_of_its_own_opens_neither_another_company_nor_another_host(candidate: str) -> None:
    assert next_of(candidate, prefix="/") == DEFAULT


@pytest.mark.parametrize("prefix", ["", "p/castro-lima/", "/p/castro-lima"])
def test_a_prefix_without_its_slashes_is_a_mistake_of_the_program(prefix: str) -> None:
    with pytest.raises(ValueError, match="slash"):
        next_of("/p/castro-lima/", prefix=prefix)


@given(st.text(alphabet="/\\.%25cefa0dAp:@?#;castro-lima ", max_size=40))
def test_whatever_is_followed_stays_under_the_prefix(rest: str) -> None:
    followed = next_of(PREFIX + rest)
    assert followed.startswith(PREFIX)
    path = followed.partition("?")[0].partition("#")[0]
    assert "//" not in path
    assert "\\" not in followed
    assert ".." not in path.split("/")


@pytest.mark.parametrize("piece", ["/", "%25", "../", "a", "\\", "https://"])
def test_a_hostile_text_of_100_kb_is_refused(piece: str) -> None:
    assert next_of(PREFIX + piece * 30_000) == DEFAULT
