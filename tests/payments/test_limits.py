"""Who is limited to a site sees the money of what is there; the rest of the customer's money does not exist for them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest

from portal_modules.billing.actions import billing_day, give_credit, may_have_packs
from portal_modules.billing.models import Invoice
from portal_modules.billing.movements import Wanted, statement_of
from portal_modules.billing.summing import all_sums, sums_of
from portal_modules.core.access import Access, ActorKind, Level
from portal_modules.core.events import events
from portal_modules.core.looking import memberships_of
from portal_modules.core.scope import PORTAL, company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import BuildingSite, Contact, Membership, MembershipSite
from portal_modules.notifications.models import BellEntry, OutboxMessage
from portal_modules.payments.actions import declare_payment, record_payment, refund_payment
from portal_modules.payments.actions.bank import LinePart, book_line
from portal_modules.payments.bank.txids import txid_of
from portal_modules.payments.choices import LineState
from portal_modules.payments.events import AUTOPAY_ENDED, RECEIVED
from portal_modules.payments.models import Autopay, BankLine, DeclaredPayment, Payment
from tests.accounts.test_share_links import fresh
from tests.billing.claiming import claim
from tests.billing.issuing import bank_account, note_of, slip_of
from tests.modules.rows import filled
from tests.payments.bank.files import Moved, ofx_sgml
from tests.payments.online import account
from tests.payments.paid import pay
from tests.payments.rows import provider
from tests.payments.test_bank_lines import brought
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World, make_process, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.row("A39")]

MONEY = at("my/billing/")
PAID = at("my/payments/")
HTMX = {"HX-Request": "true"}


@dataclass
class Limited:
    """Fiona looks after the money of alice's customer at the shop; it has a plant as well."""

    person: Any
    browser: Browser
    membership: Membership
    at_shop: Invoice
    at_plant: Invoice
    about_nothing: Invoice


@pytest.fixture
def limited(world: World) -> Limited:
    side, customer = world.home, world.home.customers["alice"]
    fiona = make_user("fiona@example.com", "Fiona")
    account(side.company)
    with company_scope(side.company):
        shop, plant = (
            BuildingSite.objects.create(customer=customer, name=each) for each in ("Shop", "Plant")
        )
        card = Contact.objects.create(customer=customer, name="Fiona", email=fiona.email)
        member = Membership.objects.create(
            customer=customer, user=fiona, contact=card, roles=[CustomerRole.FINANCE]
        )
        MembershipSite.objects.create(membership=member, site=shop, customer=customer)
        there, elsewhere = (make_process(side, customer, site=each) for each in (shop, plant))
    return Limited(
        fiona,
        Browser().sign_in(fiona, side.company),
        member,
        claim(side, "alice", "100.01", about=there),
        claim(side, "alice", "2000.02", about=elsewhere, due_in=-5),
        claim(side, "alice", "30000.03"),
    )


@contextmanager
def looking(world: World, limited: Limited) -> Iterator[Access]:
    """Behind the walls that she is behind."""
    company = world.home.company
    with company_scope(company):
        held = memberships_of(limited.person.pk, company)
    with company_scope(company, role=PORTAL, customers=[grant.customer_id for grant in held]):
        yield Access(
            company=company,
            actor=ActorKind.CONTACT,
            user_id=limited.person.pk,
            memberships=held,
            level=Level.PASSWORD,
        )


def hidden_in(shown: str, limited: Limited) -> bool:
    """Nothing of the other two, in any form in which it could stand there."""
    others = (limited.at_plant, limited.about_nothing)
    amounts = ("2,000.02", "30,000.03", "2000.02", "30000.03", "32,100.06", "32100.06")
    numbered = any(re.search(rf"(?<![\w-]){each.number}(?!\w)", shown) for each in others)
    return not numbered and not any(each in shown for each in (*amounts, *(str(one.pk) for one in others)))


def test_the_finance_page_and_the_home_know_of_one_invoice(limited: Limited) -> None:
    page = text_of(limited.browser.get(MONEY))
    assert str(limited.at_shop.number) in page
    assert "€100.01" in page
    assert "2 overdue" not in page
    for path in ("my/billing/", "my/billing/?state=open", "my/", "my/billing/copies/", "my/payments/pay/"):
        assert hidden_in(text_of(limited.browser.get(at(path))), limited), path
    cards = text_of(limited.browser.get(at("my/cards/"), headers=HTMX))
    card = next(each for each in cards.split("<article") if f"{MONEY}?state=open" in each)
    assert 'card__count">1<' in card
    for other in (limited.at_plant, limited.about_nothing):
        for path in ("", "pdf/", "copy/"):
            assert limited.browser.get(f"{MONEY}invoices/{other.pk}/{path}").status_code == 404
        found = text_of(limited.browser.get(MONEY, {"q": other.number}))
        assert str(other.pk) not in found


def test_every_file_holds_one_invoice(limited: Limited) -> None:
    answer: Any = limited.browser.get(f"{MONEY}export/csv/")
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["Invoice"] for row in rows] == [limited.at_shop.number]
    chosen = {"invoice": [limited.at_shop.pk, limited.at_plant.pk, limited.about_nothing.pk]}
    packed: Any = limited.browser.get(f"{MONEY}papers/", chosen)
    if packed.status_code == 200:
        names = ZipFile(BytesIO(b"".join(packed.streaming_content))).namelist()
        assert hidden_in(" ".join(names), limited)


def test_notes_and_boletos_are_where_their_invoice_is(world: World, limited: Limited) -> None:
    side = world.home
    bank = bank_account(side, currency="EUR")
    notes = [
        note_of(side, "alice", number=number, invoice=invoice)
        for number, invoice in ((1, limited.at_shop), (2, limited.at_plant), (3, None))
    ]
    slips = [slip_of(each, bank) for each in (limited.at_shop, limited.at_plant)]
    listed = text_of(limited.browser.get(f"{MONEY}notes/"))
    assert [str(note.pk) in listed for note in notes] == [True, False, False]
    opened = [limited.browser.get(f"{MONEY}notes/{note.pk}/").status_code for note in notes]
    assert opened == [200, 404, 404]
    with looking(world, limited) as access:
        seen = [type(slip).objects.visible_to(access).filter(pk=slip.pk).exists() for slip in slips]
    assert seen == [True, False]


def test_the_statement_never_adds_up_the_rest(world: World, limited: Limited) -> None:
    side = world.home
    with company_scope(side.company):
        give_credit(
            side.customers["alice"], by=None, amount=Decimal("7000"), currency="EUR", reason="Kindness"
        )
    own = pay(side, "40", limited.at_shop)
    mixed = pay(side, "20.00", limited.at_shop)
    pay(side, "500.00", limited.at_plant)
    pay(side, "9000.00")
    page = text_of(limited.browser.get(f"{MONEY}statement/"))
    assert hidden_in(page, limited)
    for secret in ("7,000", "9,000", "500.00"):
        assert secret not in page
    with looking(world, limited) as access:
        today = billing_day(side.company)
        for since in (None, today - timedelta(days=1), today):
            for tax_id in ("", limited.at_shop.tax_id):
                found = statement_of(Wanted(access, "EUR", tax_id=tax_id, since=since))
                assert found.after == Decimal("40.01"), (since, tax_id)
    assert str(own.number) in page
    assert str(mixed.number) in page
    for kind in ("csv", "xlsx", "pdf"):
        assert limited.browser.get(f"{MONEY}statement/{kind}/").status_code == 200


def test_a_payment_that_paid_for_more_is_not_shown(world: World, limited: Limited) -> None:
    side = world.home
    both = pay(side, "150.00", limited.at_shop, limited.at_plant)
    page = text_of(limited.browser.get(f"{MONEY}invoices/{limited.at_shop.pk}/"))
    assert both.number not in page
    assert limited.browser.get(f"{PAID}{both.pk}/").status_code == 404
    assert both.number not in text_of(limited.browser.get(PAID))
    with looking(world, limited) as access:
        statement = statement_of(Wanted(access, "EUR"))
    # The invoice is paid, and nothing says of which money.
    assert statement.after == Decimal(0)
    assert [each.settled for each in statement.movements] == [Decimal("100.01")]
    owner = Browser().sign_in(world.alice, side.company)
    assert owner.get(f"{PAID}{both.pk}/").status_code == 200


def test_what_went_back_goes_with_its_payment(world: World, limited: Limited) -> None:
    side = world.home
    own, other = pay(side, "50", limited.at_shop), pay(side, "60", limited.at_plant)
    with company_scope(side.company):
        for each in (own, other):
            refund_payment(each, by=None, amount=Decimal(10), reason="x")
    with looking(world, limited) as access:
        found = statement_of(Wanted(access, "EUR"))
    assert found.after == Decimal("60.01")
    assert sorted(each.claimed for each in found.movements) == [Decimal(0), Decimal(10), Decimal("100.01")]


def test_credit_packs_and_ways_to_pay_are_the_customers_as_a_whole(world: World, limited: Limited) -> None:
    side, customer = world.home, world.home.customers["alice"]
    pay(side, "9000.00")
    page = text_of(limited.browser.get(MONEY))
    assert "9,000" not in page
    for offered in (f"{PAID}credit/", f"{MONEY}packs/"):
        assert offered not in page
        assert limited.browser.get(offered).status_code == 404
    assert limited.browser.post(f"{MONEY}packs/monthly/").status_code == 404
    assert limited.browser.get(f"{PAID}methods/").status_code in {302, 403}
    used = limited.browser.post(f"{PAID}credit/{limited.at_shop.pk}/use/")
    assert used.status_code == 404
    assert Browser().sign_in(world.alice, side.company).get(f"{PAID}credit/").status_code == 200
    with company_scope(side.company):
        assert Invoice.objects.get(pk=limited.at_shop.pk).paid_total == 0
        assert not may_have_packs(customer, limited.person.pk)
        assert may_have_packs(customer, world.alice.pk)


def test_telling_of_a_payment_offers_what_is_there_and_stays_ones_own(world: World, limited: Limited) -> None:
    form = text_of(limited.browser.get(f"{PAID}declare/"))
    assert str(limited.at_shop.pk) in form
    assert hidden_in(form, limited)
    told = {"amount": "12", "paid_on": "2026-01-02", "method": "transfer"}
    with company_scope(world.home.company):
        told["paid_on"] = (billing_day(world.home.company) - timedelta(days=1)).isoformat()
    refused = limited.browser.post(f"{PAID}declare/", {**told, "invoices": [limited.at_plant.pk]})
    assert refused.status_code == 422
    done = limited.browser.post(f"{PAID}declare/", told)
    assert done.status_code == 302
    with company_scope(world.home.company):
        [declared] = DeclaredPayment.objects.all()
    own = f"{PAID}declared/{declared.pk}/"
    assert limited.browser.get(own).status_code == 200
    with company_scope(world.home.company):
        record_payment(
            declared.customer,
            by=None,
            amount=Decimal(12),
            currency="EUR",
            method="transfer",
            declared=declared,
            invoices=[limited.at_plant],
        )
        DeclaredPayment.objects.filter(pk=declared.pk).update(declared_by=world.alice)
    assert limited.browser.get(own).status_code == 404


def test_neither_the_bell_nor_a_mail_tells_of_the_rest(world: World, limited: Limited) -> None:
    with company_scope(world.home.company):
        told = BellEntry.objects.filter(user=limited.person).values_list("record_id", flat=True)
        assert set(told) == {limited.at_shop.pk}
        mailed = OutboxMessage.objects.filter(contact__email="fiona@example.com")
        assert {each.payload["invoice_id"] for each in mailed} == {str(limited.at_shop.pk)}


def _told_of(payment: Payment) -> set[str]:
    """Whom the receipt is mailed to."""
    mails = OutboxMessage.objects.filter(event=RECEIVED, payload__payment_id=str(payment.pk))
    return set(mails.values_list("contact__email", flat=True))


def test_the_receipt_of_a_line_of_the_bank_goes_to_those_who_see_the_payment(
    world: World, limited: Limited
) -> None:
    """Whoever paid: at the time of the mail it is known what the money was for."""
    receipts = []
    for number, invoice in enumerate((limited.at_shop, limited.at_plant)):
        with company_scope(world.home.company):
            row = Moved(
                billing_day(world.home.company),
                "12.00",
                f"L{number}",
                "ANY BODY",
                f"PIX {txid_of(invoice.pk)}",
            )
            brought(ofx_sgml([row], currency="EUR"), f"{number}.ofx")
            line = BankLine.objects.get(state=LineState.OPEN)
            receipts.append(book_line(line, by=None, parts=[LinePart(invoice.pk, Decimal(12))]))
    at_shop, at_plant = receipts
    with company_scope(world.home.company):
        assert _told_of(at_shop) >= {"alice@example.com", "fiona@example.com"}
        assert "alice@example.com" in _told_of(at_plant)
        assert "fiona@example.com" not in _told_of(at_plant)
    assert limited.browser.get(f"{PAID}{at_shop.pk}/").status_code == 200
    assert limited.browser.get(f"{PAID}{at_plant.pk}/").status_code == 404


def test_who_told_of_a_payment_that_was_for_elsewhere_gets_no_receipt(world: World, limited: Limited) -> None:
    side = world.home
    with company_scope(side.company):
        day = billing_day(side.company)
        told = declare_payment(
            side.customers["alice"],
            by=limited.person,
            amount=Decimal("12.00"),
            currency="EUR",
            paid_on=day,
            method="transfer",
            invoices=[limited.at_shop],
        )
        brought(ofx_sgml([Moved(day, "12.00", "L", "ANY BODY", "x")], currency="EUR"), "x.ofx")
        parts = [LinePart(limited.at_plant.pk, Decimal(7)), LinePart(limited.at_shop.pk, Decimal(5))]
        payment = book_line(BankLine.objects.get(), by=None, parts=parts)
        assert payment.declared_id == told.pk
        assert "fiona@example.com" not in _told_of(payment)
    assert limited.browser.get(f"{PAID}{payment.pk}/").status_code == 404


def test_nor_of_what_is_about_the_whole_customer(world: World, limited: Limited) -> None:
    side, customer = world.home, world.home.customers["alice"]
    with company_scope(side.company):
        of = provider(customer)
        autopay = filled(Autopay, customer, provider=of)
        events.announce(
            AUTOPAY_ENDED, company_id=side.company.pk, customer_id=customer.pk, autopay_id=autopay.pk
        )
        told = OutboxMessage.objects.filter(event=AUTOPAY_ENDED).values_list("contact__email", flat=True)
        assert "alice@example.com" in told
        assert "fiona@example.com" not in told


def test_what_is_added_up_is_what_is_listed(world: World, limited: Limited) -> None:
    today = billing_day(world.home.company)
    with looking(world, limited) as access:
        listed = sums_of(Invoice.objects.visible_to(access), today)
        assert all_sums(access, today) == listed
        assert [each.billed for each in listed] == [Decimal("100.01")]


def test_a_link_of_theirs_shows_no_more(limited: Limited) -> None:
    fresh(limited.browser)
    form = at(f"my/shared/billing.invoice/{limited.at_plant.pk}/")
    assert limited.browser.get(form).status_code == 404
    assert limited.browser.get(at(f"my/shared/billing.invoice/{limited.at_shop.pk}/")).status_code == 200
