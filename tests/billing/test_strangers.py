"""Nobody gets a byte of another customer's papers: not of the same company, not of another one, by no verb."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from portal_modules.billing.links import token_of
from portal_modules.billing.models import BankSlip, FiscalDocument, Invoice, SecondCopy
from portal_modules.core.scope import company_scope
from tests.billing.issuing import bank_account, issued, note_of, slip_of
from tests.world.browsing import Browser
from tests.world.companies import World, add_customer

pytestmark = pytest.mark.django_db

VERBS = ("get", "head", "post", "put", "patch", "delete", "options")
MARKS = ("%PDF", "PK\x03\x04", "\x89PNG", "Scissor lift", "1,234.50", "infNFe", "34191", "Construções")
# A form may be refused or sent away before anybody looks whose it is; nothing of it is shown.
REFUSED = {302, 403, 404, 405}


@pytest.fixture
def papers(world: World) -> list[str]:
    """Where all that hangs from one invoice of dora's is, below the company's address."""
    account = bank_account(world.other)
    invoice = issued(world.other, "dora", bank_account=account)
    slip, note = slip_of(invoice, account), note_of(world.other, "dora", invoice=invoice)
    own = f"my/billing/invoices/{invoice.pk}/"
    return [
        *(f"{own}{more}" for more in ("", "paper/", "page/", "pdf/", "pdf/?show=1", "copy/", "order/")),
        f"{own}copy/?what=slip-{slip.pk}",
        f"my/billing/slips/{slip.pk}/pdf/",
        *(f"my/billing/notes/{note.pk}/{more}" for more in ("", "xml/", "print/")),
        f"my/billing/papers/?invoice={invoice.pk}",
        f"my/payments/pay/?invoice={invoice.pk}",
    ]


def body_of(answer: Any) -> str:
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(data.decode("utf-8", "replace"))


def strangers(world: World) -> Iterator[tuple[str, Browser]]:
    """Whoever is signed in elsewhere, beside it, or nowhere; each at both companies' addresses."""
    with company_scope(world.other.company):
        add_customer(world.other, "eve", world.charlie, ["owner"])
    for alias in ("altura", "castro-lima"):
        yield alias, Browser().sign_in(world.alice, world.home.company)
        yield alias, Browser()
    yield "altura", Browser().sign_in(world.charlie, world.other.company)


@pytest.mark.parametrize("verb", VERBS)
def test_another_customers_papers_are_not_there(world: World, papers: list[str], verb: str) -> None:
    for alias, browser in strangers(world):
        for path in papers:
            answer = getattr(browser, verb)(f"/p/{alias}/en/{path}")
            assert answer.status_code in {*REFUSED, 200}, (alias, verb, path)
            found = body_of(answer)
            assert not [mark for mark in MARKS if mark in found], (alias, verb, path)
            if answer.status_code == 200:
                assert verb == "options" or "/pay/" in path or "/papers/" in path, (alias, verb, path)
    with company_scope(world.other.company):
        assert Invoice.objects.get().purchase_order == ""
        assert (BankSlip.objects.count(), FiscalDocument.objects.count()) == (1, 1)
        assert not SecondCopy.objects.exists()


def test_to_another_customer_of_the_company_each_is_missing(world: World, papers: list[str]) -> None:
    with company_scope(world.other.company):
        add_customer(world.other, "eve", world.charlie, ["owner"])
    eve = Browser().sign_in(world.charlie, world.other.company)
    for path in papers:
        if "/invoices/" in path and "order" not in path or "/notes/" in path or "/slips/" in path:
            assert eve.get(f"/p/altura/en/{path}").status_code == 404, path
            assert eve.head(f"/p/altura/en/{path}").status_code == 404, path


def test_the_page_of_a_code_is_one_companys_and_one_invoices(world: World) -> None:
    invoice = issued(world.other, "dora")
    token = token_of(invoice.pk, world.other.company)
    assert Browser().get(f"/p/altura/en/i/{token}/").status_code == 200
    for path in (
        f"/p/castro-lima/en/i/{token}/",
        f"/p/altura/en/i/{token[:-1]}{'0' if token[-1] != '0' else '1'}/",
        f"/p/altura/en/i/{token.upper()}x/",
        f"/p/altura/en/i/{invoice.pk}/",
    ):
        answer = Browser().get(path)
        assert answer.status_code == 404, path
        assert "1,234.50" not in body_of(answer)
