"""The invoices of the demo world: a year and more of what each company bills, in all the states that there are."""

from __future__ import annotations

from random import Random

from portal_modules.core.addresses import whole_address
from portal_modules.core.choices import StaffRole
from portal_modules.core.companies import card_in_scope
from portal_modules.core.demo import DemoWorld, Shown, by_language, staff_address
from portal_modules.core.models import Company, Sequence
from portal_modules.customers.demo import first_customer
from portal_modules.customers.models import Customer
from portal_modules.notifications.actions import telling_nobody

from .. import specimens
from ..actions import take_in_note
from ..actions.issuing import INVOICE_SERIES
from ..days import billing_day
from ..links import public_address
from ..models import BankAccount, FiscalDocument, Invoice, LateFeePolicy, ReadyText, ReminderStep
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
    """An invoice and a fiscal note of the first customer, and what staff do with one."""
    shown.urls["register_invoices"] = staff_address("billing_invoice_modeladmin_index")
    invoices = Invoice.objects.open().order_by("-issued_on", "number")
    if invoice := invoices.first():
        shown.urls |= {
            "register_invoice": staff_address("billing_invoice_modeladmin_inspect", invoice.pk),
            "invoice_paper": staff_address("billing_staff_paper", invoice.pk),
            "credit_new": staff_address("billing_new_credit", invoice.customer_id),
        }
    customer = first_customer(world)
    if own := invoices.filter(customer=customer).first() or Invoice.objects.filter(customer=customer).first():
        for name in ("invoice", "invoice_paper", "second_copy"):
            shown.urls[f"my_{name}"] = whole_address(company, company.language, f"billing:{name}", own.pk)
        if address := public_address(own.pk, card_in_scope(), company.language):
            shown.urls["invoice_page"] = address
    if note := FiscalDocument.objects.filter(customer=customer).order_by("-issued_on").first():
        shown.urls["my_note"] = whole_address(company, company.language, "billing:note", note.pk)


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
