"""What comes from banks and tax offices, and the demo's part of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from portal_modules.billing import exceptions, specimens
from portal_modules.billing.actions import Part, keep_slip, link_note, take_in_note, withdraw_slip
from portal_modules.billing.actions.slips import demo_line
from portal_modules.billing.choices import NoteState, SlipState
from portal_modules.billing.days import billing_day
from portal_modules.billing.demo import load, show
from portal_modules.billing.models import BankSlip, FiscalDocument, Instalment, Invoice
from portal_modules.billing.papers.exceptions import FiscalFileRefused
from portal_modules.core.demo import DemoWorld, Shown
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from tests.world.companies import World

from .billed import issued

pytestmark = pytest.mark.django_db


def specimen(world: World, number: int = 7, amount: str = "150.00") -> specimens.Specimen:
    """A note for dora, whose company is of Brazil."""
    with company_scope(world.other.company):
        Customer.objects.filter(pk=world.other.customers["dora"].pk).update(
            country="BR", tax_id="60701190000104"
        )
    return specimens.Specimen(
        number=number,
        issued_on=billing_day(world.other.company),
        issuer="Altura",
        issuer_tax_id="11222333000181",
        recipient="Dora",
        recipient_tax_id="60701190000104",
        amount=Decimal(amount),
    )


@pytest.mark.row("E03")
def test_a_note_is_kept_as_it_came_and_once(world: World) -> None:
    data = specimens.nfe(specimen(world))
    with company_scope(world.other.company):
        note = take_in_note(data, by=None)
        assert take_in_note(data, by=None) == note
        assert FiscalDocument.objects.count() == 1
        assert (note.number, note.amount, note.customer) == ("7", Decimal(150), world.other.customers["dora"])
        with note.xml.open() as kept:
            assert kept.read() == data
        assert len(note.key_shown.split()) == 11


def test_a_cancellation_cancels_the_note_that_it_names(world: World) -> None:
    about = specimen(world)
    with company_scope(world.other.company):
        with pytest.raises(exceptions.NoteUnknown):
            take_in_note(specimens.cancellation(about), by=None)
        take_in_note(specimens.nfe(about), by=None)
        assert take_in_note(specimens.cancellation(about), by=None).state == NoteState.CANCELLED
        assert take_in_note(specimens.nfe(about), by=None).state == NoteState.CANCELLED
        assert FiscalDocument.objects.count() == 1


def test_a_note_of_nobody_and_a_file_that_is_none_change_nothing(world: World) -> None:
    about = specimen(world)
    stranger = specimens.Specimen(
        number=8,
        issued_on=about.issued_on,
        issuer="x",
        issuer_tax_id="11222333000181",
        recipient="y",
        recipient_tax_id="11222333000181",
        amount=Decimal(1),
    )
    with company_scope(world.other.company):
        with pytest.raises(exceptions.RecipientUnknown):
            take_in_note(specimens.nfe(stranger), by=None)
        with pytest.raises(FiscalFileRefused):
            take_in_note(b"<html></html>", by=None)
        assert not FiscalDocument.objects.exists()


def test_a_note_belongs_to_an_invoice_of_its_customer(world: World) -> None:
    data = specimens.nfe(specimen(world))
    invoice = issued(world.other, "dora")
    with company_scope(world.other.company):
        note = link_note(take_in_note(data, by=None), invoice, by=None)
        assert note.invoice == invoice
        assert link_note(note, None, by=None).invoice is None


@pytest.mark.row("E04")
def test_a_boleto_is_kept_with_the_part_that_it_pays(world: World) -> None:
    today = billing_day(world.other.company)
    parts = [Part(today + timedelta(days=30 * number), Decimal(50)) for number in (1, 2)]
    invoice = issued(world.other, "dora", parts=parts)
    with company_scope(world.other.company):
        second = Instalment.objects.get(invoice=invoice, number=2)
        line = demo_line(invoice, second)
        slip = keep_slip(invoice, by=None, line=f"{line[:5]}.{line[5:]}")
        assert (slip.instalment, slip.amount, slip.due_on, slip.line) == (
            second,
            Decimal(50),
            second.due_on,
            line,
        )
        assert keep_slip(invoice, by=None, line=line) == slip
        assert withdraw_slip(slip, by=None).state == SlipState.CANCELLED
        with pytest.raises(exceptions.AlreadySo):
            withdraw_slip(slip, by=None)
        assert BankSlip.objects.count() == 1


def test_a_boleto_with_a_wrong_digit_or_another_amount_is_refused(world: World) -> None:
    invoice, other = issued(world.other, "dora"), issued(world.other, "dora", amount="99.00")
    with company_scope(world.other.company):
        line = demo_line(other, other.instalments.get())
        wrong = line[:3] + str((int(line[3]) + 1) % 10) + line[4:]
        with pytest.raises(exceptions.LineNotValid):
            keep_slip(invoice, by=None, line=wrong)
        with pytest.raises(exceptions.SlipDiffers):
            keep_slip(invoice, by=None, line=line)
        keep_slip(other, by=None, line=line)
        with pytest.raises(exceptions.SlipOfAnotherInvoice):
            keep_slip(invoice, by=None, line=line)
        assert BankSlip.objects.count() == 1


def test_the_demo_has_invoices_in_all_states(world: World) -> None:
    for side in (world.home, world.other):
        with company_scope(side.company):
            load(side.company, DemoWorld(today=timezone.localdate(), staff=(), customers=()), Random(1))
            today = billing_day(side.company)
            connection.check_constraints()
            invoices = Invoice.objects.all()
            assert invoices.paid().exists()
            assert invoices.overdue(today).exists()
            assert invoices.pending(today).exists()
            assert invoices.drafts().exists()
            shown = Shown()
            show(side.company, DemoWorld(today=today, staff=(), customers=()), shown)
            assert "register_invoices" in shown.urls
    with company_scope(world.other.company):
        assert BankSlip.objects.exists()
