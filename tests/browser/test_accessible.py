"""Every kind of page, walked with axe in light and dark, on a phone and on a desktop."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from tests.browser.counter import Counter, keeps_to_width, violations

Prepare = Callable[[Counter, Page], None]


def nobody(counter: Counter, page: Page) -> None:
    """Somebody who has just come in from the street."""


def with_number(counter: Counter, page: Page) -> None:
    """Somebody who typed a number."""
    home = counter.world.home
    counter.with_number(page, home.company, home.processes["alice"].pk)


def alice(counter: Counter, page: Page) -> None:
    """A customer."""
    counter.sign_in(page, counter.world.alice, counter.world.home.company)


PUBLIC = [
    *("", "lookup/", "lookup/lost/", "access/sign-in/", "access/register/", "access/reset/"),
    *("news/", "support/", "support/faq/", "advantages/", "help/", "not/there/"),
]
MINE = [
    *("my/", "my/processes/", "my/processes/reviews/", "my/processes/reviews/new/", "my/documents/"),
    *("my/conversations/", "my/notifications/", "my/notifications/preferences/"),
    *("my/team/", "access/account/", "access/password/", "access/second-factor/", "access/sessions/"),
]
MOST_ON_THE_WIRE = 60_000  # bytes of style sheets and scripts on the first page somebody opens


def walk(page: Page, address: str) -> list[str]:
    """What is wrong with a page, in light and in dark."""
    found = []
    page.goto(address)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}: {each}" for each in violations(page)]
    if not keeps_to_width(page):
        found.append(f"{address}: wider than the window")
    return found


def alices_business(counter: Counter) -> str:
    """Where the page of a business is, with its thread, its files and its steps."""
    return f"my/processes/{counter.world.home.processes['alice'].pk}/"


@pytest.mark.row("AA02")
@pytest.mark.parametrize(
    ("prepare", "paths"),
    [(nobody, PUBLIC), (with_number, ["lookup/process/", "news/"]), (alice, MINE)],
    ids=["nobody", "with_number", "customer"],
)
@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_customers_pages_are_accessible(
    counter: Counter, request: Any, device: str, prepare: Prepare, paths: list[str]
) -> None:
    page: Page = request.getfixturevalue(device)
    prepare(counter, page)
    language = "pt" if device == "phone" else "es"
    wanted = [*paths, alices_business(counter)] if prepare is alice else paths
    found = [fault for path in wanted for fault in walk(page, counter.address(path, language=language))]
    assert found == []


def test_style_sheets_and_scripts_are_light(counter: Counter, phone: Page) -> None:
    """As a server compresses them. The page with most on it stands for all."""
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.request.resource_type in ("stylesheet", "script") and response.ok:
            weights[response.url] = len(gzip.compress(response.body()))

    counter.sign_in(phone, counter.world.alice, counter.world.home.company)
    phone.on("response", weigh)
    phone.goto(counter.address(alices_business(counter)))
    phone.wait_for_load_state("networkidle")
    assert any(url.endswith(".css") for url in weights)
    assert any(url.endswith(".js") for url in weights)
    assert sum(weights.values()) <= MOST_ON_THE_WIRE, weights


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_every_component_is_accessible_in_its_themes_and_brands(
    counter: Counter, request: Any, device: str
) -> None:
    page: Page = request.getfixturevalue(device)
    found = walk(page, f"{counter.origin}/demo/components/")
    # The same navigation stands there four times, once for each theme and brand.
    assert [fault for fault in found if ": landmark-unique:" not in fault] == []
