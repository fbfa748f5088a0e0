"""The invoices of the demo world: a year and more of what each company bills, in all the states that there are."""

from __future__ import annotations

from random import Random

from portal_modules.core.choices import StaffRole
from portal_modules.core.demo import DemoWorld, Shown, by_language, staff_address
from portal_modules.core.models import Company, Sequence
from portal_modules.customers.models import Customer
from portal_modules.notifications.actions import telling_nobody

from .. import specimens
from ..actions import take_in_note
from ..actions.issuing import INVOICE_SERIES
from ..days import billing_day
from ..models import BankAccount, Invoice, LateFeePolicy, ReadyText, ReminderStep
from .facts import BUSINESSES, READY_TEXTS, STEPS, Business
from .past import Past

BRAZIL, CHILE = "BR", "CL"


def load(company: Company, world: DemoWorld, rng: Random) -> None:
    """How they are paid, and what was billed so far."""
    business = BUSINESSES.get(company.alias)
    if business is None:
        return
    account = _account(company, business)
    LateFeePolicy.objects.create(company=company, is_charged=company.country == BRAZIL)
    _words()
    staff = world.working_as(StaffRole.FINANCE, StaffRole.MANAGER)
    past = Past(company, business, account, billing_day(company), rng, staff)
    for customer in Customer.objects.active().order_by("pk")[: business.customers]:
        past.bill(customer)
    past.write()
    Sequence.objects.update_or_create(
        company=company, name=INVOICE_SERIES, defaults={"last": past.last_serial}
    )
    past.tell_the_rest()
    if business.notes_of_sale and company.tax_id:
        with telling_nobody():
            _notes(company, business)


def show(company: Company, world: DemoWorld, shown: Shown) -> None:
    """The registers, and one invoice."""
    invoice = Invoice.objects.open().order_by("-issued_on", "number").first()
    shown.urls["register_invoices"] = staff_address("billing_invoice_modeladmin_index")
    if invoice is not None:
        shown.urls["register_invoice"] = staff_address("billing_invoice_modeladmin_inspect", invoice.pk)


def _account(company: Company, business: Business) -> BankAccount:
    is_brazilian = company.country == BRAZIL
    account: BankAccount = BankAccount.objects.create(
        name=business.account_name,
        bank_code=business.bank_code,
        bank_name=business.bank_name,
        branch="0001" if is_brazilian else "",
        number=business.account_number,
        holder=company.legal_name or company.name,
        holder_tax_id=company.tax_id,
        currency=company.currency,
        pix_key=business.pix_key,
        pix_city=business.pix_city,
        provider="demo" if is_brazilian else "",
        **by_language("instructions", business.instructions),
    )
    return account


def _words() -> None:
    for days, subject, body in STEPS:
        ReminderStep.objects.create(days=days, **by_language("subject", subject), **by_language("body", body))
    for position, (name, text) in enumerate(READY_TEXTS):
        ReadyText.objects.create(position=position, **by_language("name", name), **by_language("text", text))


def _notes(company: Company, business: Business) -> None:
    """A fiscal note of each invoice of the last year, with its file."""
    newest = Invoice.objects.issued().order_by("-serial").select_related("customer").prefetch_related("lines")
    invoices = list(newest[: business.notes_of_sale])
    for invoice in invoices:
        specimen = specimens.Specimen(
            number=1000 + (invoice.serial or 0),
            issued_on=invoice.issued_on,
            issuer=company.legal_name or company.name,
            issuer_tax_id=company.tax_id,
            recipient=invoice.name_as_issued,
            recipient_tax_id=invoice.tax_id,
            amount=invoice.total,
            lines=[(line.text, line.amount) for line in invoice.lines.all()],
        )
        data = specimens.dte(specimen) if company.country == CHILE else specimens.nfe(specimen)
        take_in_note(data, by=None, customer=invoice.customer, invoice=invoice)
