"""What customers take along: the invoice, its pages, its boleto; and the page of one invoice without a login."""

from __future__ import annotations

import io
from uuid import uuid4

import pikepdf
import pytest
from django.core.files.storage import storages
from PIL import Image

from portal_modules.billing.actions import cancel_invoice, give_to_agency
from portal_modules.billing.choices import SlipProvider
from portal_modules.billing.links import token_of
from portal_modules.billing.models import BankAccount, Invoice
from portal_modules.core.models import CompanySetting
from portal_modules.core.scope import company_scope
from tests.billing.issuing import bank_account, issued, late_fees, note_of, slip_of
from tests.billing.papers.test_pdfs import codes, text_of
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = pytest.mark.django_db

AMOUNT_SHOWN = "1,234.50"


def at(path: str, alias: str = "altura") -> str:
    return f"/p/{alias}/en/{path}"


def invoice_path(invoice: Invoice, more: str) -> str:
    return at(f"my/billing/invoices/{invoice.pk}/{more}")


@pytest.fixture
def dora(world: World) -> Browser:
    return Browser().sign_in(world.dora, world.other.company)


@pytest.fixture
def account(world: World) -> BankAccount:
    return bank_account(world.other)


@pytest.fixture
def invoice(world: World, account: BankAccount) -> Invoice:
    return issued(world.other, "dora", bank_account=account, language="en")


def public(world: World, invoice: Invoice, alias: str = "altura") -> str:
    return at(f"i/{token_of(invoice.pk, world.other.company)}/", alias)


# ---- the invoice ----------------------------------------------------------------------------------


@pytest.mark.row("H07")
@pytest.mark.row("E11")
def test_an_invoice_is_shown_printed_and_downloaded(dora: Browser, invoice: Invoice) -> None:
    page = dora.get(invoice_path(invoice, "paper/"))
    assert page.status_code == 200
    assert invoice_path(invoice, "page/?number=1") in page.content.decode()
    picture = dora.get(invoice_path(invoice, "page/?number=1"))
    assert Image.open(io.BytesIO(picture.content)).size[0] == 992
    for wrong in ("0", "-1", "x", "1" * 5000, "１"):
        assert dora.get(invoice_path(invoice, f"page/?number={wrong}")).status_code == 404
    assert dora.get(invoice_path(invoice, "page/?number=2")).status_code == 404
    pdf = dora.get(invoice_path(invoice, "pdf/"))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.headers["Content-Disposition"] == f'attachment; filename="Invoice {invoice.number}.pdf"'
    assert pdf.headers["Cache-Control"] == "private, no-store"
    text = text_of(pdf.content)
    assert AMOUNT_SHOWN in text
    assert "not a fiscal document" in text
    assert "Scissor lift, 30 days" in text
    shown = dora.get(invoice_path(invoice, "pdf/?show=1"))
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.content == pdf.content


@pytest.mark.row("H07")
def test_the_company_chooses_the_design(world: World, dora: Browser, invoice: Invoice) -> None:
    classic = dora.get(invoice_path(invoice, "pdf/")).content
    with company_scope(world.other.company):
        CompanySetting.objects.create(name="billing.design", value="modern")
    modern = dora.get(invoice_path(invoice, "pdf/")).content
    assert classic != modern
    assert AMOUNT_SHOWN in text_of(modern)


@pytest.mark.row("R02")
def test_it_is_written_in_the_customers_language(world: World, dora: Browser) -> None:
    spanish = issued(world.other, "dora", language="es")
    with pikepdf.open(io.BytesIO(dora.get(invoice_path(spanish, "pdf/")).content)) as pdf:
        assert str(pdf.Root.Lang) == "es"


def test_it_is_drawn_once(world: World, dora: Browser, invoice: Invoice) -> None:
    def kept() -> list[str]:
        root = f"billing/papers/{world.other.company.pk}"
        storage = storages["private"]
        if not storage.exists(root):
            return []
        return [
            name for folder in storage.listdir(root)[0] for name in storage.listdir(f"{root}/{folder}")[1]
        ]

    before = set(kept())
    first = dora.get(invoice_path(invoice, "pdf/")).content
    (name,) = set(kept()) - before
    assert name.endswith(".pdf")
    assert dora.get(invoice_path(invoice, "pdf/")).content == first
    assert set(kept()) == before | {name}


@pytest.mark.row("E13")
def test_it_carries_where_to_pay_it(world: World, dora: Browser, invoice: Invoice) -> None:
    found = codes(dora.get(invoice_path(invoice, "pdf/")).content)["QRCode"]
    address = next(code for code in found if code.startswith("http"))
    assert address.endswith(f"/p/altura/en/i/{token_of(invoice.pk, world.other.company)}/")
    assert any(code.startswith("000201") for code in found), "and a Pix code"
    with company_scope(world.other.company):
        CompanySetting.objects.create(name="function:billing.public_page", value=False)
    assert "Pay here" not in text_of(dora.get(invoice_path(invoice, "pdf/")).content)


@pytest.mark.row("E19")
def test_the_notes_file_travels_inside(world: World, dora: Browser, invoice: Invoice) -> None:
    note = note_of(world.other, "dora", invoice=invoice)
    with pikepdf.open(io.BytesIO(dora.get(invoice_path(invoice, "pdf/")).content)) as pdf:
        (name,) = pdf.attachments
        with company_scope(world.other.company):
            assert pdf.attachments[name].get_file().read_bytes() == note.xml.open("rb").read()


@pytest.mark.parametrize("more", ["paper/", "page/", "pdf/", "pdf/?show=1"])
@pytest.mark.parametrize("verb", ["get", "head", "post", "put", "delete", "options", "patch"])
def test_strangers_get_nothing_of_it_by_any_verb(
    world: World, invoice: Invoice, verb: str, more: str
) -> None:
    for person, company in ((world.alice, world.home.company), (world.charlie, world.home.company)):
        alias = company.alias
        browser = Browser().sign_in(person, company)
        for path in (invoice_path(invoice, more), at(f"my/billing/invoices/{invoice.pk}/{more}", alias)):
            answer = getattr(browser, verb)(path)
            assert answer.status_code in {302, 404, 405}
            assert b"%PDF" not in answer.content
            assert MARKER.encode() not in answer.content or "altura" in path
            assert AMOUNT_SHOWN.encode() not in answer.content


def test_a_draft_is_nobodys(world: World, dora: Browser) -> None:
    with company_scope(world.other.company):
        draft = Invoice.objects.create(customer=world.other.customers["dora"], currency="BRL")
    for more in ("paper/", "page/", "pdf/"):
        assert dora.get(invoice_path(draft, more)).status_code == 404


# ---- boletos --------------------------------------------------------------------------------------


@pytest.mark.row("E04")
def test_a_boleto_carries_the_banks_line(world: World, dora: Browser) -> None:
    account = bank_account(world.other)
    slip = slip_of(issued(world.other, "dora", bank_account=account, language="en"), account)
    pdf = dora.get(at(f"my/billing/slips/{slip.pk}/pdf/"))
    assert pdf.status_code == 200
    assert codes(pdf.content)["ITF"] == [slip.barcode]
    text = text_of(pdf.content)
    assert "1.234,50" in text
    assert "NÃO PAGAR" not in text
    assert "341-7" in text


def test_the_demonstrations_boleto_is_not_to_be_paid(world: World, dora: Browser) -> None:
    account = bank_account(world.other)
    slip = slip_of(issued(world.other, "dora"), account, provider=SlipProvider.DEMO)
    text = text_of(dora.get(at(f"my/billing/slips/{slip.pk}/pdf/")).content)
    assert "DEMONSTRAÇÃO – NÃO PAGAR" in text


@pytest.mark.row("H05")
def test_an_overdue_boleto_keeps_its_line_and_says_what_late_costs(world: World, dora: Browser) -> None:
    late_fees(world.other)
    account = bank_account(world.other)
    slip = slip_of(issued(world.other, "dora", days_late=40, language="en"), account)
    pdf = dora.get(at(f"my/billing/slips/{slip.pk}/pdf/")).content
    assert codes(pdf)["ITF"] == [slip.barcode]
    text = text_of(pdf)
    assert "the bank itself adds fine and interest" in text
    assert "24.69" in text, "2 % of 1,234.50"
    assert "16.46" in text, "40 days of 1 % a month"


@pytest.mark.row("H06")
def test_what_is_late_for_too_long_or_with_an_agency_is_not_handed_out(world: World, dora: Browser) -> None:
    late_fees(world.other, blocks_after_days=120)
    account = bank_account(world.other)
    old = issued(world.other, "dora", days_late=130)
    slip = slip_of(old, account)
    answer = dora.get(at(f"my/billing/slips/{slip.pk}/pdf/"))
    assert answer.status_code == 403
    assert "overdue for too long" in answer.content.decode()
    assert dora.get(invoice_path(old, "pdf/")).status_code == 200
    with company_scope(world.other.company):
        give_to_agency(old, by=world.other.clerk)
    for path in (
        invoice_path(old, "pdf/"),
        invoice_path(old, "paper/"),
        at(f"my/billing/slips/{slip.pk}/pdf/"),
    ):
        answer = dora.get(path)
        assert answer.status_code == 403
        assert "collection agency" in answer.content.decode()
        assert b"%PDF" not in answer.content
    assert dora.get(invoice_path(old, "page/")).status_code == 404


def test_a_strangers_boleto_is_missing(world: World) -> None:
    account = bank_account(world.other)
    slip = slip_of(issued(world.other, "dora"), account)
    alice = Browser().sign_in(world.alice, world.home.company)
    assert alice.get(at(f"my/billing/slips/{slip.pk}/pdf/", "castro-lima")).status_code == 404
    assert alice.get(at(f"my/billing/slips/{uuid4()}/pdf/", "castro-lima")).status_code == 404


# ---- without a login ------------------------------------------------------------------------------


@pytest.mark.row("E13")
def test_whoever_has_the_address_sees_what_to_pay_and_no_person(
    world: World, invoice: Invoice, account: BankAccount
) -> None:
    slip = slip_of(invoice, account)
    answer = Browser().get(public(world, invoice))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert AMOUNT_SHOWN in page
    assert invoice.number is not None
    assert f"issued number {invoice.number} over" in page
    assert slip.line in page
    assert "000201" in page, "a Pix code"
    assert "Dora" not in page
    assert "Scissor lift" not in page
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.row("H05")
def test_late_it_says_what_today_costs(world: World) -> None:
    late_fees(world.other)
    page = Browser().get(public(world, issued(world.other, "dora", days_late=40))).content.decode()
    assert "1,275.65" in page
    assert "if you pay today" in page


def test_an_address_is_read_as_people_type_it(world: World, invoice: Invoice) -> None:
    token = token_of(invoice.pk, world.other.company)
    for typed in (
        token.upper(),
        token.replace("0", "o").replace("1", "l"),
        token.replace("0", "O").replace("1", "I"),
    ):
        assert Browser().get(at(f"i/{typed}/")).status_code == 200


def test_another_address_leads_nowhere(world: World, invoice: Invoice) -> None:
    token = token_of(invoice.pk, world.other.company)
    changed = token[:-1] + ("x" if token[-1] != "x" else "y")
    for wrong in (
        changed,
        token[:-1],
        token + "0",
        "x",
        "é" * 24,
        "a" * 5000,
        token[:8] + "0" * 16,
        str(invoice.pk),
    ):
        answer = Browser().get(at(f"i/{wrong}/"))
        assert answer.status_code in {404, 429}
        assert AMOUNT_SHOWN not in answer.content.decode()
    assert Browser().get(public(world, invoice, "castro-lima")).status_code in {404, 429}


def test_guessing_is_stopped(world: World, invoice: Invoice) -> None:
    answers = [Browser().get(at(f"i/{place:024d}/")).status_code for place in range(25)]
    assert answers[0] == 404
    assert answers[-1] == 429


@pytest.mark.parametrize("verb", ["post", "put", "delete", "patch"])
def test_nothing_but_looking_is_done_there(world: World, invoice: Invoice, verb: str) -> None:
    answer = getattr(Browser(), verb)(public(world, invoice))
    assert answer.status_code == 405
    assert AMOUNT_SHOWN not in answer.content.decode()


def test_it_tells_when_there_is_nothing_to_pay(world: World, invoice: Invoice) -> None:
    with company_scope(world.other.company):
        cancel_invoice(invoice, by=None, reason="Wrong")
    page = Browser().get(public(world, invoice)).content.decode()
    assert "was cancelled" in page
    assert "000201" not in page


def test_with_an_agency_it_only_says_whom_to_ask(
    world: World, invoice: Invoice, account: BankAccount
) -> None:
    slip = slip_of(invoice, account)
    with company_scope(world.other.company):
        give_to_agency(invoice, by=None)
    page = Browser().get(public(world, invoice)).content.decode()
    assert "collection agency" in page
    assert slip.line not in page
    assert "000201" not in page


def test_a_company_without_such_pages_has_none(world: World, invoice: Invoice) -> None:
    with company_scope(world.other.company):
        CompanySetting.objects.create(name="function:billing.public_page", value=False)
    assert Browser().get(public(world, invoice)).status_code == 404
