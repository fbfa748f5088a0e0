"""Staff at work: writing an invoice, issuing it, collecting it, and what each page refuses."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal_modules.billing import specimens
from portal_modules.billing.actions import (
    dispute_invoice,
    give_to_agency,
    promise_payment,
)
from portal_modules.billing.choices import InvoiceState
from portal_modules.billing.days import billing_day
from portal_modules.billing.models import (
    CallNote,
    ClosedMonth,
    Credit,
    FiscalDocument,
    Invoice,
    LateFeePolicy,
    ReadyText,
    ReminderStep,
)
from portal_modules.core.demo import by_language
from portal_modules.core.models import LogEntry
from portal_modules.core.scope import company_scope
from tests.world.browsing import Browser
from tests.world.companies import World

from .billed import count, drafted, issued, overdue
from .test_taking_in import specimen

pytestmark = pytest.mark.django_db

NEW = "/admin/billing/new/"
LIST = "/admin/billing/invoice/"


def draft_data(world: World, **more: Any) -> dict[str, Any]:
    """What the manager fills in: two lines, three instalments left empty."""
    return {
        "customer": world.home.customers["alice"].name,
        "currency": "EUR",
        "due_on": str(billing_day(world.home.company) + timedelta(days=10)),
        "lines-TOTAL_FORMS": "3",
        "lines-INITIAL_FORMS": "0",
        "lines-0-text": "Fees",
        "lines-0-quantity": "2",
        "lines-0-unit_price": "1.234,50",
        "lines-0-tax_rate": "23",
        "lines-1-text": "Certificates",
        "lines-1-quantity": "1,5",
        "lines-1-unit_price": "10",
        "lines-1-withheld": "1.00",
        "lines-2-quantity": "1",
        "parts-TOTAL_FORMS": "1",
        "parts-INITIAL_FORMS": "0",
        "step": "keep",
        **more,
    }


def test_the_manager_writes_an_invoice_and_issues_it(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    assert manager.get(f"{NEW}?customer={world.home.customers['alice'].pk}").status_code == 200
    answer = manager.post(NEW, draft_data(world))
    assert answer.status_code == 302
    with company_scope(world.home.company):
        draft = Invoice.objects.get()
        assert draft.total == Decimal("3050.87")
        assert draft.lines.count() == 2
        assert not draft.number
    edit = f"/admin/billing/draft/{draft.pk}/"
    page = manager.get(edit)
    assert "Certificates" in page.content.decode()
    answer = manager.post(edit, draft_data(world, **{"lines-1-unit_price": "20", "step": "issue"}))
    assert answer.status_code == 302
    with company_scope(world.home.company):
        invoice = Invoice.objects.get()
        assert (invoice.number, invoice.total) == ("000001", Decimal("3065.87"))
    assert manager.get(edit).status_code == 302
    inspect = manager.get(f"{LIST}inspect/{invoice.pk}/").content.decode()
    assert "000001" in inspect
    assert "Certificates" in inspect
    alice = Browser().sign_in(world.alice, world.home.company)
    assert "000001" in alice.get("/p/castro-lima/en/my/billing/").content.decode()
    shown = alice.get(f"/p/castro-lima/en/my/billing/invoices/{invoice.pk}/").content.decode()
    assert "€3,065.87" in shown


def test_the_totals_are_counted_by_the_server_while_it_is_written(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    answer = manager.post(NEW, draft_data(world, step="totals"))
    assert answer.status_code == 200
    assert "3,050.87" in answer.content.decode() or "3.050,87" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    more = manager.post(NEW, draft_data(world, step="more"))
    assert more.status_code == 200
    assert "lines-5-text" in more.content.decode()
    assert count(world.home) == 0


WRONG = [
    {"lines-0-unit_price": "1_000"},
    {"lines-0-unit_price": "1e2"},
    {"lines-0-unit_price": "１２"},
    {"lines-0-unit_price": "٣"},
    {"lines-0-unit_price": "-5"},
    {"lines-0-unit_price": "1.005"},
    {"lines-0-unit_price": "99999999999"},
    {"lines-0-quantity": "1e9"},
    {"lines-0-quantity": "0"},
    {"lines-0-tax_rate": "101"},
    {"lines-0-withheld": "99999999"},
    {"lines-0-text": ""},
    {"lines-TOTAL_FORMS": "x"},
    {"lines-TOTAL_FORMS": "99999999"},
    {"currency": "XXX"},
    {"due_on": "2026-13-01"},
    {"customer": "999999999999999999999"},
    {"customer": "x\x00"},
    {"reference": "a\x00b"},
    {"discount_percent": "5"},
    {"discount_amount": "-1", "discount_until": "2030-01-01"},
    {"parts-0-due_on": "2030-01-01", "parts-0-amount": "1"},
    {"parts-0-due_on": "2030-01-01", "parts-0-amount": "0"},
    {"period_from": "2026-02-01", "period_to": "2026-01-01"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=[str(each) for each in WRONG])
def test_what_is_typed_wrongly_is_refused_in_words_and_nothing_is_written(
    world: World, wrong: dict[str, str]
) -> None:
    answer = Browser().sign_in(world.home.manager).post(NEW, draft_data(world, **wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert count(world.home) == 0


def test_another_companys_customer_is_no_choice(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    answer = manager.post(NEW, draft_data(world, customer=world.other.customers["dora"].name))
    assert answer.status_code == 422
    foreign = drafted(world.other, "dora")
    assert manager.get(f"/admin/billing/draft/{foreign.pk}/").status_code == 404
    assert manager.post(f"/admin/billing/draft/{foreign.pk}/", draft_data(world)).status_code == 404
    assert (count(world.home), count(world.other)) == (0, 1)


def verb(world: World, invoice: Invoice, name: str, who: str = "manager", **data: Any) -> Any:
    """Press a button on an invoice's page."""
    browser = Browser().sign_in(getattr(world.home, who))
    form = {"verb": name, **{f"{name}-{key}": value for key, value in data.items()}}
    return browser.post(f"{LIST}inspect/{invoice.pk}/", form)


def test_the_buttons_of_an_invoice_do_what_they_say(world: World) -> None:
    invoice = overdue(world.home)
    today = billing_day(world.home.company)
    assert (
        verb(world, invoice, "call", text="Will pay", promised_on=today + timedelta(days=3)).status_code
        == 302
    )
    assert verb(world, invoice, "dispute", reason="Too much").status_code == 302
    assert verb(world, invoice, "to_agency").status_code == 302
    assert verb(world, invoice, "credit", amount="10,00", reason="Late", on=today).status_code == 302
    with company_scope(world.home.company):
        invoice = Invoice.objects.get()
        assert (invoice.promise, invoice.disputed, invoice.at_agency) == (
            today + timedelta(days=3),
            "Too much",
            True,
        )
        assert invoice.open_amount == Decimal(90)
        assert CallNote.objects.get().author_name
        assert Credit.objects.get().amount == Decimal(10)
    assert verb(world, invoice, "settle_dispute").status_code == 302
    assert verb(world, invoice, "from_agency").status_code == 302
    refused = verb(world, invoice, "credit", amount="90,01", reason="x", on=today)
    assert refused.status_code == 422
    assert verb(world, invoice, "cancel", reason="x").status_code == 422
    other = issued(world.home)
    assert verb(world, other, "cancel", reason="Twice").status_code == 302
    with company_scope(world.home.company):
        assert Invoice.objects.get(pk=other.pk).state == InvoiceState.CANCELLED
        assert Credit.objects.count() == 1
        actions = set(LogEntry.objects.values_list("action", flat=True))
        assert {"billing.dispute", "billing.give_to_agency", "billing.credit", "billing.cancel"} <= actions


def test_a_reader_may_look_and_change_nothing(world: World) -> None:
    invoice = issued(world.home)
    reader = Browser().sign_in(world.home.reader)
    assert reader.get(LIST).status_code == 200
    assert reader.get(f"{LIST}inspect/{invoice.pk}/").status_code == 200
    assert verb(world, invoice, "cancel", "reader", reason="x").status_code in {302, 403}
    assert reader.get(NEW).status_code in {302, 403}
    with company_scope(world.home.company):
        assert Invoice.objects.get().state == InvoiceState.ISSUED


@pytest.mark.parametrize(
    ("query", "found"),
    [("standing=overdue", 1), ("standing=pending", 1), ("standing=paid", 0), ("age=1-30", 0), ("age=31-60", 1),
     ("standing=x", 3), ("state__exact=draft", 1), ("q=000001", 1)],
)  # fmt: skip
def test_the_register_is_narrowed(world: World, query: str, found: int) -> None:
    overdue(world.home, days=40)
    issued(world.home, "charlie")
    drafted(world.home)
    page = Browser().sign_in(world.home.manager).get(f"{LIST}?{query}").content.decode()
    shown = sum(f"{LIST}inspect/{pk}/" in page for pk in _ids(world))
    assert shown == found


def _ids(world: World) -> list[Any]:
    with company_scope(world.home.company):
        return list(Invoice.objects.values_list("pk", flat=True))


def test_who_is_called_today_by_debt(world: World) -> None:
    overdue(world.home, "alice", "50.00")
    overdue(world.home, "charlie", "80.00")
    page = Browser().sign_in(world.home.clerk).get("/admin/billing/collect/").content.decode()
    alice, charlie = (world.home.customers[name] for name in ("alice", "charlie"))
    assert page.index(f"/customer/inspect/{charlie.pk}/") < page.index(f"/customer/inspect/{alice.pk}/")
    with company_scope(world.home.company):
        of_alice = Invoice.objects.get(customer=alice)
        promise_payment(of_alice, by=None, on=billing_day(world.home.company) + timedelta(days=2))
        dispute_invoice(Invoice.objects.get(customer=charlie), by=None, reason="x")
    page = Browser().sign_in(world.home.clerk).get("/admin/billing/collect/").content.decode()
    assert f"/customer/inspect/{alice.pk}/" not in page
    assert f"/customer/inspect/{charlie.pk}/" not in page


@pytest.mark.row("E15")
def test_ageing_puts_each_debt_in_its_column(world: World) -> None:
    for days, amount in ((10, "1.00"), (45, "2.00"), (75, "4.00"), (200, "8.00")):
        overdue(world.home, amount=amount, days=days)
    issued(world.home, amount="16.00")
    page = Browser().sign_in(world.home.manager).get("/admin/billing/ageing/").content.decode()
    for amount in ("€1.00", "€2.00", "€4.00", "€8.00", "€16.00", "€31.00"):
        assert amount in page.replace("\xa0", "") or amount.replace(".", ",").replace("€", "") in page, amount
    home = Browser().sign_in(world.home.manager).get("/admin/").content.decode()
    assert "standing=overdue" in home


def test_the_customers_page_says_what_is_owed(world: World) -> None:
    invoice = overdue(world.home, amount="77.00")
    url = f"/admin/customers/customer/inspect/{invoice.customer_id}/"
    page = Browser().sign_in(world.home.manager).get(url).content.decode()
    assert "77" in page
    assert f"{LIST}inspect/{invoice.pk}/" in page
    assert f"{NEW}?customer={invoice.customer_id}" in page
    editor = Browser().sign_in(world.home.editor).get(url).content.decode()
    assert f"{LIST}inspect/{invoice.pk}/" not in editor


def test_months_are_closed_and_the_last_one_opened_again(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    last = (billing_day(world.home.company).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    assert manager.get("/admin/billing/months/").status_code == 200
    for wrong in ("2999-01", "x", "", "2026-99", "٢٠٢٦-01"):
        assert manager.post("/admin/billing/months/", {"step": "close", "month": wrong}).status_code == 422
    assert manager.post("/admin/billing/months/", {"step": "close", "month": last}).status_code == 302
    assert manager.post("/admin/billing/months/", {"step": "close", "month": last}).status_code == 422
    with company_scope(world.home.company):
        closed = ClosedMonth.objects.get()
    assert manager.post("/admin/billing/months/", {"step": "open", "month": "0"}).status_code == 422
    assert manager.post("/admin/billing/months/", {"step": "open", "month": closed.pk}).status_code == 302
    with company_scope(world.home.company):
        assert not ClosedMonth.objects.exists()


@pytest.mark.row("F17")
def test_the_rule_for_late_payment_is_the_companys(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    data = {
        "is_charged": "on",
        "fine_percent": "1.5",
        "interest_percent": "2",
        "rounding": "exact_truncate",
        "blocks_after_days": "90",
    }
    assert manager.get("/admin/billing/policy/").status_code == 200
    assert manager.post("/admin/billing/policy/", {**data, "fine_percent": "200"}).status_code == 422
    assert manager.post("/admin/billing/policy/", data).status_code == 302
    with company_scope(world.home.company):
        rule = LateFeePolicy.objects.get()
        assert (rule.fine_percent, rule.rounding, rule.blocks_after_days) == (
            Decimal("1.5"),
            "exact_truncate",
            90,
        )
        assert not rule.from_original_due_date
    with company_scope(world.other.company):
        assert not LateFeePolicy.objects.exists()


@pytest.mark.row("O02")
def test_texts_to_copy_have_the_link_in_them(world: World) -> None:
    words = ("Faturas: {link}", "Facturas: {link}", "Invoices: {link}")
    with company_scope(world.home.company):
        ReadyText.objects.create(**by_language("name", ("a", "b", "c")), **by_language("text", words))
    page = Browser().sign_in(world.home.clerk).get("/admin/billing/texts/").content.decode()
    assert "/p/castro-lima/es/my/billing/" in page
    assert "{link}" not in page


@pytest.mark.row("O05")
def test_a_step_with_a_gap_that_nobody_fills_is_refused(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    data: dict[str, Any] = {"days": "5", "is_active": "on"}
    for code in ("pt", "es", "en"):
        data |= {f"subject_{code}": "Due: {number}", f"body_{code}": "Dear {customer_name}, {link}"}
    url = "/admin/snippets/billing/reminderstep/add/"
    assert manager.post(url, {**data, "body_es": "{password}"}).status_code in {200, 422}
    assert manager.post(url, {**data, "body_es": "{number!r:>{days}}"}).status_code in {200, 422}
    with company_scope(world.home.company):
        assert not ReminderStep.objects.exists()
    assert manager.post(url, data).status_code == 302
    with company_scope(world.home.company):
        assert ReminderStep.objects.get().days == 5


def test_notes_come_in_a_zip_with_a_report_of_those_that_were_refused(world: World) -> None:
    about = specimen(world)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.xml", specimens.nfe(about))
        archive.writestr("again.xml", specimens.nfe(about))
        archive.writestr("cancelled.xml", specimens.cancellation(about))
        archive.writestr("strange.xml", "<x/>")
        archive.writestr("readme.txt", "x")
    manager = Browser().sign_in(world.other.manager)
    url = "/admin/billing/take/"
    for all_or_nothing, notes in (("on", 0), ("", 1)):
        packed.seek(0)
        packed.name = "notes.zip"
        answer = manager.post(url, {"file": packed, **({"all_or_nothing": "on"} if all_or_nothing else {})})
        assert answer.status_code == 302
        report = manager.get(answer.headers["Location"]).content.decode()
        assert "strange.xml" in report
        assert ("not taken in" in report) == bool(all_or_nothing)
        with company_scope(world.other.company):
            assert FiscalDocument.objects.count() == notes
    broken = io.BytesIO(b"PK\x03\x04 no zip")
    broken.name = "broken.zip"
    assert manager.post(url, {"file": broken}).status_code == 422
    assert manager.post(url, {}).status_code == 422


def test_what_is_at_the_agency_says_so_to_staff(world: World) -> None:
    invoice = overdue(world.home)
    with company_scope(world.home.company):
        give_to_agency(invoice, by=None)
    page = Browser().sign_in(world.home.clerk).get(f"{LIST}?at_agency__exact=1").content.decode()
    assert f"{LIST}inspect/{invoice.pk}/" in page


def test_the_notes_of_an_invoice_are_written_and_nothing_else_of_it(world: World) -> None:
    invoice = issued(world.home)
    url = f"{LIST}edit/{invoice.pk}/"
    manager = Browser().sign_in(world.home.manager)
    answer = manager.post(url, {"notes": "Thank you", "total": "1", "paid_total": "100", "number": "9"})
    assert answer.status_code == 302
    with company_scope(world.home.company):
        found = Invoice.objects.get()
        assert (found.notes, found.total, found.paid_total, found.number) == ("Thank you", 100, 0, "000001")
        assert LogEntry.objects.filter(action="billing.edit").count() == 1
