"""Second copies: what is chosen, what late payment comes to, what is blocked, and what is mailed to whom."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from portal_modules.billing.actions import give_to_agency
from portal_modules.billing.days import billing_day
from portal_modules.billing.events import COPY_ASKED, ISSUED
from portal_modules.billing.links import token_of
from portal_modules.billing.models import FiscalAddress, Invoice, SecondCopy
from portal_modules.core.choices import ChannelKind, ChannelPurpose
from portal_modules.core.models import Channel, CompanySetting, LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from portal_modules.notifications.delivery import attempt
from portal_modules.notifications.models import OutboxMessage
from tests.billing.issuing import bank_account, issued, late_fees, note_of, slip_of
from tests.billing.papers.test_pdfs import codes, text_of
from tests.payments.online import account as account_online
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    "to": "other",
    "address": "paying@elsewhere.example",
    "name": "Rita Paying",
    "reason": "She pays it",
}


def at(path: str) -> str:
    return f"/p/altura/en/my/billing/{path}"


def copy_path(invoice: Invoice, query: str = "") -> str:
    return at(f"invoices/{invoice.pk}/copy/{query}")


@pytest.fixture
def dora(world: World) -> Browser:
    return Browser().sign_in(world.dora, world.other.company)


def asked(world: World) -> list[SecondCopy]:
    with company_scope(world.other.company):
        return list(SecondCopy.objects.all())


def delivered(world: World) -> list[Any]:
    mail.outbox.clear()
    with company_scope(world.other.company):
        messages = list(OutboxMessage.objects.filter(event=COPY_ASKED))
    for message in messages:
        attempt(message.pk, world.other.company)
    return mail.outbox


@pytest.mark.row("H04")
def test_invoice_boleto_or_fiscal_note_is_chosen_and_taken_along(world: World, dora: Browser) -> None:
    account = bank_account(world.other)
    invoice = issued(world.other, "dora", bank_account=account)
    slip = slip_of(invoice, account)
    note = note_of(world.other, "dora", invoice=invoice)
    listed = dora.get(at("copies/")).content.decode()
    assert copy_path(invoice) in listed
    page = dora.get(copy_path(invoice)).content.decode()
    for value in ("invoice", f"slip-{slip.pk}", f"note-{note.pk}"):
        assert f'value="{value}"' in page
    assert at(f"invoices/{invoice.pk}/pdf/") in page
    assert (
        at(f"slips/{slip.pk}/pdf/") in dora.get(copy_path(invoice, f"?what=slip-{slip.pk}")).content.decode()
    )
    assert at(f"notes/{note.pk}/") in dora.get(copy_path(invoice, f"?what=note-{note.pk}")).content.decode()


@pytest.mark.row("H02")
@pytest.mark.row("H03")
def test_it_is_mailed_to_an_address_on_file_at_once(world: World, dora: Browser) -> None:
    with company_scope(world.other.company):
        Customer.objects.filter(pk=world.other.customers["dora"].pk).update(language="en")
    invoice = issued(world.other, "dora")
    answer = dora.post(copy_path(invoice), {"to": world.dora.email})
    assert answer.status_code == 302
    assert "within three minutes" in dora.get(answer["Location"]).content.decode()
    (copy,) = asked(world)
    assert (copy.address, copy.is_on_file, copy.asked_by_id) == (world.dora.email, True, world.dora.pk)
    (sent,) = delivered(world)
    assert sent.to == [world.dora.email]
    ((name, content, kind),) = sent.attachments
    assert (name, kind) == (f"Invoice {invoice.number}.pdf", "application/pdf")
    assert "1,234.50" in text_of(content)
    with company_scope(world.other.company):
        message = OutboxMessage.objects.get(pk=copy.message_id)
    assert message.sent_at is not None
    assert message.sent_at - copy.asked_at < timedelta(minutes=3)


@pytest.mark.row("H02")
def test_another_address_needs_a_name_and_a_reason_which_are_kept(world: World, dora: Browser) -> None:
    invoice = issued(world.other, "dora")
    for missing in ("address", "name", "reason"):
        answer = dora.post(copy_path(invoice), {**ELSEWHERE, missing: " "})
        assert answer.status_code == 422
        assert "Please fill this in" in answer.content.decode()
    assert asked(world) == []
    assert dora.post(copy_path(invoice), ELSEWHERE).status_code == 302
    (copy,) = asked(world)
    assert (copy.is_on_file, copy.name, copy.reason) == (False, "Rita Paying", "She pays it")
    with company_scope(world.other.company):
        entry = LogEntry.objects.filter(action="billing.mail_copy").get()
    assert "paying@elsewhere.example" in str(entry.details)


def test_addresses_for_fiscal_notes_are_on_file(world: World, dora: Browser) -> None:
    with company_scope(world.other.company):
        FiscalAddress.objects.create(customer=world.other.customers["dora"], email="nf@dora.example")
    invoice = issued(world.other, "dora")
    note = note_of(world.other, "dora", invoice=invoice)
    assert "nf@dora.example" in dora.get(copy_path(invoice)).content.decode()
    assert (
        dora.post(copy_path(invoice, f"?what=note-{note.pk}"), {"to": "nf@dora.example"}).status_code == 302
    )
    (sent,) = delivered(world)
    assert sorted(kind for _name, _content, kind in sent.attachments) == [
        "application/pdf",
        "application/xml",
    ]


@pytest.mark.row("H05")
@pytest.mark.row("F17")
def test_late_the_day_of_payment_is_chosen_and_each_line_shown_first(world: World, dora: Browser) -> None:
    late_fees(world.other)
    account = bank_account(world.other)
    invoice = issued(world.other, "dora", days_late=40, bank_account=account, language="en")
    slip = slip_of(invoice, account)
    day = billing_day(world.other.company) + timedelta(days=10)
    page = dora.get(copy_path(invoice, f"?what=slip-{slip.pk}&pays_on={day}")).content.decode()
    assert "24.69" in page
    assert "20.58" in page, "50 days of 1 % a month"
    assert "1,279.77" in page
    download = at(f"slips/{slip.pk}/pdf/?pays_on={day}")
    assert download in page
    pdf = dora.get(download).content
    assert codes(pdf)["ITF"] == [slip.barcode]
    assert "1,279.77" in text_of(pdf)
    for wrong in ("2020-01-01", "x", "9999-12-31"):
        assert dora.get(copy_path(invoice, f"?what=invoice&pays_on={wrong}")).status_code == 422


@pytest.mark.row("H05")
def test_where_the_bank_does_not_reckon_another_way_is_offered(world: World, dora: Browser) -> None:
    late_fees(world.other)
    account = bank_account(world.other, recalculates_at_payment=False)
    invoice = issued(world.other, "dora", days_late=40, bank_account=account)
    slip = slip_of(invoice, account)
    page = dora.get(copy_path(invoice, f"?what=slip-{slip.pk}")).content.decode()
    assert at(f"slips/{slip.pk}/pdf/") not in page
    assert "does not take this boleto any more" in page
    assert "1275.65" in page, "in the Pix code"
    assert dora.get(at(f"slips/{slip.pk}/pdf/")).status_code == 302
    paying = f"/p/altura/en/my/payments/pay/?invoice={invoice.pk}"
    assert paying not in page, "nobody takes cards here"
    account_online(world.other.company, methods=["card", "pix"])
    assert paying in dora.get(copy_path(invoice, f"?what=slip-{slip.pk}")).content.decode()
    shown = dora.get(paying).content.decode()
    assert "What waiting has cost, and what paying early saves, is reckoned for today" in shown


@pytest.mark.row("H06")
def test_what_is_blocked_says_why_and_whom_to_ask(world: World, dora: Browser) -> None:
    late_fees(world.other)
    with company_scope(world.other.company):
        Channel.objects.create(
            purpose=ChannelPurpose.FINANCE, kind=ChannelKind.PHONE, value="+55 11 3000 4711"
        )
    account = bank_account(world.other)
    invoice = issued(world.other, "dora", days_late=130, bank_account=account)
    slip, note = slip_of(invoice, account), note_of(world.other, "dora", invoice=invoice)
    page = dora.get(copy_path(invoice, f"?what=slip-{slip.pk}")).content.decode()
    assert "overdue for too long" in page
    assert "+55 11 3000 4711" in page
    assert dora.post(copy_path(invoice, f"?what=slip-{slip.pk}"), {"to": world.dora.email}).status_code == 422
    with company_scope(world.other.company):
        give_to_agency(invoice, by=None)
    for what in ("invoice", f"slip-{slip.pk}"):
        page = dora.get(copy_path(invoice, f"?what={what}")).content.decode()
        assert "collection agency" in page
        assert "Send it to" not in page
        assert dora.post(copy_path(invoice, f"?what={what}"), {"to": world.dora.email}).status_code == 422
    assert asked(world) == []
    assert dora.post(copy_path(invoice, f"?what=note-{note.pk}"), {"to": world.dora.email}).status_code == 302
    assert len(asked(world)) == 1, "a fiscal note is never blocked"


def test_blocked_after_it_was_asked_for_nothing_leaves(world: World, dora: Browser) -> None:
    invoice = issued(world.other, "dora")
    dora.post(copy_path(invoice), {"to": world.dora.email})
    with company_scope(world.other.company):
        give_to_agency(invoice, by=None)
    assert delivered(world) == []


@pytest.mark.parametrize(
    "data", [{}, {"to": "x@y.example"}, {"to": "other", "address": "a\r\nBcc: x@y.example"}]
)
def test_mess_is_refused_and_nothing_is_mailed(world: World, dora: Browser, data: dict[str, str]) -> None:
    invoice = issued(world.other, "dora")
    assert dora.post(copy_path(invoice), data).status_code == 422
    assert asked(world) == []


def test_strangers_ask_for_nothing(world: World) -> None:
    invoice = issued(world.other, "dora")
    alice = Browser().sign_in(world.alice, world.home.company)
    for path in (copy_path(invoice), copy_path(invoice).replace("altura", "castro-lima")):
        assert alice.get(path).status_code in {302, 404}
        assert alice.post(path, {"to": "other", **ELSEWHERE}).status_code in {302, 404}
    assert asked(world) == []


def test_where_second_copies_are_off_there_are_none(world: World, dora: Browser) -> None:
    invoice = issued(world.other, "dora")
    with company_scope(world.other.company):
        CompanySetting.objects.create(name="function:billing.second_copy", value=False)
    assert dora.get(copy_path(invoice)).status_code == 404
    assert dora.get(at("copies/")).status_code == 404


@pytest.mark.row("H03")
def test_staff_see_what_was_mailed_to_whom_and_how_long_it_took(world: World, dora: Browser) -> None:
    dora.post(copy_path(issued(world.other, "dora")), ELSEWHERE)
    manager = Browser().sign_in(world.other.manager)
    page = manager.get("/admin/billing/secondcopy/").content.decode()
    assert "paying@elsewhere.example" in page
    assert "not yet" in page
    delivered(world)
    assert re.search(r"\d+ seconds?", manager.get("/admin/billing/secondcopy/").content.decode())
    (copy,) = asked(world)
    inspected = manager.get(f"/admin/billing/secondcopy/inspect/{copy.pk}/").content.decode()
    assert "Rita Paying" in inspected
    assert "She pays it" in inspected
    assert manager.get(f"/admin/billing/secondcopy/edit/{copy.pk}/").status_code in {302, 403}
    foreign = Browser().sign_in(world.home.manager)
    assert b"paying@elsewhere.example" not in foreign.get("/admin/billing/secondcopy/").content
    assert foreign.get(f"/admin/billing/secondcopy/inspect/{copy.pk}/").status_code in {302, 404}


def test_staff_open_the_paper_that_the_customer_gets(world: World, dora: Browser) -> None:
    invoice = issued(world.other, "dora")
    theirs = dora.get(at(f"invoices/{invoice.pk}/pdf/")).content
    assert Browser().sign_in(world.other.clerk).get(f"/admin/billing/paper/{invoice.pk}/").content == theirs
    for stranger in (world.other.editor, world.home.manager):
        answer = Browser().sign_in(stranger).get(f"/admin/billing/paper/{invoice.pk}/")
        assert answer.status_code in {302, 403, 404}
        assert b"%PDF" not in answer.content


@pytest.mark.row("E13")
def test_the_mail_of_a_new_invoice_says_where_to_pay(world: World) -> None:
    invoice = issued(world.other, "dora")
    mail.outbox.clear()
    with company_scope(world.other.company):
        messages = list(OutboxMessage.objects.filter(event=ISSUED))
    for message in messages:
        attempt(message.pk, world.other.company)
    assert mail.outbox
    assert f"/i/{token_of(invoice.pk, world.other.company)}/" in str(mail.outbox[0].body)
