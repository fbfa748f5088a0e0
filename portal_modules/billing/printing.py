"""Papers of billing: from the rows of an invoice, a boleto or a statement to what is drawn, kept once it was.

A scope has to be in force that sees the rows. The words are those of the language in force: see `in_language_of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal_modules.core.amounts import money_shown
from portal_modules.core.choices import ChannelKind, ChannelPurpose
from portal_modules.core.companies import CompanyCard, at_hand
from portal_modules.core.languages import public_language
from portal_modules.core.tax_ids import format_tax_id

from .choices import InvoiceState
from .links import public_address
from .models import BankAccount, FiscalDocument, Instalment, Invoice, InvoiceLine
from .papers import cii
from .papers.barcodes import qr_code
from .papers.content import (
    Address,
    Columns,
    Due,
    Fact,
    InvoicePaper,
    Line,
    Paper,
    Party,
    Payment,
    PixOnPaper,
    Section,
    Total,
    address,
    draw,
    draw_pages,
    fingerprint,
)
from .papers.exceptions import PixCodeRefused
from .papers.figures import number_shown
from .papers.pix import static_code, txid_of
from .papers.typeset import attachment, picture
from .printed import lines_of, notes_of, parts_of
from .structuring import structured

KEPT_BELOW: Final = "billing/papers"
_MOST_ATTACHED: Final = 4 * 1024 * 1024
_CLAIM_STATES: Final = frozenset({InvoiceState.ISSUED, InvoiceState.CANCELLED})


@contextmanager
def in_language_of(invoice: Invoice, card: CompanyCard) -> Iterator[None]:
    """The customer's language, as it was when the invoice was issued: what a paper is written in."""
    language = invoice.language or card.company.language
    with at_hand(card), translation.override(card.company.spoken(language)):
        yield


def invoice_pdf(invoice: Invoice, card: CompanyCard) -> bytes:
    """The PDF of an invoice in the company's design and the customer's language."""
    with in_language_of(invoice, card):
        return kept(invoice_paper(invoice, card), design_of(card), card)


def invoice_pages(invoice: Invoice, card: CompanyCard) -> list[bytes]:
    """The same as pictures, one for each page."""
    with in_language_of(invoice, card):
        return kept_pages(invoice_paper(invoice, card), design_of(card), card)


def design_of(card: CompanyCard) -> str:
    """The design that the company has chosen."""
    return str(card.setting("billing.design"))


def kept(paper: Paper, template: str, card: CompanyCard) -> bytes:
    """The PDF of a paper: from the private files where it was drawn before, else drawn now."""
    path = f"{_path(fingerprint(paper, template), card)}.pdf"
    storage = storages["private"]
    try:
        with storage.open(path) as file:
            return bytes(file.read())
    except FileNotFoundError:
        made = draw(paper, template)
    storage.save(path, ContentFile(made))
    return made


def kept_pages(paper: Paper, template: str, card: CompanyCard) -> list[bytes]:
    """Its pages as pictures, kept the same way."""
    path, storage = _path(fingerprint(paper, template), card), storages["private"]
    found: list[bytes] = []
    with suppress(FileNotFoundError):
        while True:
            with storage.open(f"{path}-{len(found) + 1}.png") as file:
                found.append(bytes(file.read()))
    if found:
        return found
    made = draw_pages(paper, template)
    # The last page first: where the first one is, all are.
    for number, page in reversed(list(enumerate(made, start=1))):
        storage.save(f"{path}-{number}.png", ContentFile(page))
    return made


def _path(name: str, card: CompanyCard) -> str:
    return f"{KEPT_BELOW}/{card.company.pk}/{name[:2]}/{name}"


def invoice_paper(invoice: Invoice, card: CompanyCard) -> InvoicePaper:
    """An invoice as it is drawn, in the language in force."""
    currency = invoice.currency
    lines, parts, notes = lines_of(invoice), parts_of(invoice), notes_of(invoice)
    page = page_of(invoice, card) if invoice.state in _CLAIM_STATES else None
    heading = _("Invoice %(number)s") % {"number": invoice.number_shown}
    return InvoicePaper(
        **head_of(card, heading=heading, day=invoice.issued_on or invoice.created_at.date()),
        customer=addressee(invoice),
        facts=_facts(invoice),
        claim=_("This invoice is a claim for payment. It is not a fiscal document."),
        notes=invoice.notes,
        attachments=[*_structured(invoice, lines, card), *_attachments(notes)],
        columns=Columns(
            text=_("What for"),
            quantity=_("Quantity"),
            price=_("Unit price"),
            amount=_("Amount"),
            tax=_("Tax") if any(line.tax_amount or line.tax_rate for line in lines) else None,
        ),
        lines=[_line(line, currency) for line in lines],
        totals=_totals(invoice),
        due=_due(invoice),
        mark=_mark(invoice),
        instalments=_instalments(parts, currency) if len(parts) > 1 else None,
        fiscal_notes=_fiscal_notes(notes),
        payment=payment_of(invoice, invoice.open_now) if invoice.open_now > 0 else None,
        pay=page if invoice.open_now > 0 else None,
        check=page and replace(page, label=_("Is this document really ours? Check it at")),
    )


def head_of(card: CompanyCard, *, heading: str, day: date) -> dict[str, Any]:
    """What every paper of a company has on top; `day` is the date inside the file."""
    return {
        "language": get_language() or "en",
        "color": card.company.color,
        "title": f"{heading} · {card.company.name}",
        "heading": heading,
        "day": day,
        "company": sender(card),
        "logo": card.remember("billing.logo", lambda: _logo(card)),
    }


def sender(card: CompanyCard) -> Party:
    """The company: its legal name, tax id, address, and how its finance people are reached."""
    company = card.company
    tax_id = format_tax_id(company.country, company.tax_id) if company.tax_id else ""
    wanted = (ChannelPurpose.FINANCE, ChannelPurpose.GENERAL)
    channels = sorted(
        (
            channel
            for channel in card.channels
            if channel.purpose in wanted and channel.kind != ChannelKind.WEBSITE
        ),
        key=lambda channel: wanted.index(ChannelPurpose(channel.purpose)),
    )
    lines = [tax_id, *company.address.splitlines(), *(channel.value for channel in channels[:2])]
    return Party(_("From"), company.legal_name or company.name, [line for line in lines if line.strip()])


def addressee(invoice: Invoice) -> Party:
    """To whom it was issued, as it was then; a draft names the customer of now."""
    name = invoice.name_as_issued or str(invoice.customer)
    lines = [invoice.tax_id_shown, *invoice.address_as_issued.splitlines()]
    return Party(_("To"), name, [line for line in lines if line.strip()])


def page_of(invoice: Invoice, card: CompanyCard) -> Address | None:
    """The page of the invoice without a login, as a button, a short address and a QR code."""
    url = public_address(invoice.pk, card, public_language(get_language()))
    if not url:
        return None
    return address(url, _("Pay here"), _("Scan to pay"))


def payment_of(invoice: Invoice, amount: Decimal) -> Payment:
    """How an amount of an invoice is paid: the account's words, and Pix where it has a key."""
    account = invoice.bank_account
    lines = [] if account is None else account_lines(account)
    return Payment(_("How to pay"), lines, pix_of(invoice, amount))


def account_lines(account: BankAccount) -> list[str]:
    """An account as it is written for somebody who pays into it."""
    bank = f"{account.bank_name} ({account.bank_code})" if account.bank_code else account.bank_name
    numbers = [
        _("branch %(branch)s") % {"branch": account.branch} if account.branch else "",
        _("account %(account)s") % {"account": account.number} if account.number else "",
    ]
    lines = [account.holder, ", ".join(filter(None, [bank, *numbers])), *account.instructions.splitlines()]
    return [line for line in lines if line.strip()]


def pix_of(invoice: Invoice, amount: Decimal) -> PixOnPaper | None:
    """The Pix code of an amount; None where the account has no key, or no code can be made."""
    account = invoice.bank_account
    if account is None or not account.pix_key or invoice.currency != "BRL" or amount <= 0:
        return None
    try:
        code = static_code(
            account.pix_key, account.holder or account.name, account.pix_city, amount, txid_of(invoice.pk)
        )
    except PixCodeRefused:
        return None
    return PixOnPaper(code, qr_code(code), _("Pix"), _("Pix code to copy and paste"))


def day_shown(day: date | None) -> str:
    """A day in figures, as the language writes it."""
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def _logo(card: CompanyCard) -> dict[str, str] | None:
    if not card.company.logo:
        return None
    try:
        with card.company.logo.open("rb") as file:
            return picture(file.read())
    except OSError:
        return None


def _facts(invoice: Invoice) -> list[Fact]:
    period = ""
    if invoice.period_from and invoice.period_to:
        period = f"{day_shown(invoice.period_from)} – {day_shown(invoice.period_to)}"
    facts = (
        (_("Issued on"), day_shown(invoice.issued_on)),
        (_("Due on"), day_shown(invoice.due_on)),
        (_("Closing period"), period),
        (_("Your purchase order"), invoice.purchase_order),
        (_("Reference"), invoice.reference),
    )
    return [Fact(label, value) for label, value in facts if value]


def _line(line: InvoiceLine, currency: str) -> Line:
    quantity = f"{number_shown(line.quantity)} {line.unit}".strip()
    tax = f"{number_shown(line.tax_rate)} %" if line.tax_rate else money_shown(line.tax_amount, currency)
    return Line(
        text=line.text,
        quantity=quantity,
        price=money_shown(line.unit_price, currency),
        tax=tax if line.tax_rate or line.tax_amount else "",
        amount=money_shown(line.amount, currency),
    )


def _totals(invoice: Invoice) -> list[Total]:
    rows: list[Total] = []
    if invoice.tax_total or invoice.withheld_total:
        rows.append(Total(_("Subtotal"), money_shown(invoice.subtotal, invoice.currency)))
    if invoice.tax_total:
        rows.append(Total(_("Taxes"), money_shown(invoice.tax_total, invoice.currency)))
    if invoice.withheld_total:
        rows.append(Total(_("Withheld"), f"−{money_shown(invoice.withheld_total, invoice.currency)}"))
    rows.append(Total(_("Total"), money_shown(invoice.total, invoice.currency), "total"))
    if invoice.paid_total:
        rows.append(Total(_("Paid"), f"−{money_shown(invoice.paid_total, invoice.currency)}"))
    if invoice.credited_total:
        rows.append(Total(_("Credited"), f"−{money_shown(invoice.credited_total, invoice.currency)}"))
    if invoice.state == InvoiceState.ISSUED and (invoice.paid_total or invoice.credited_total):
        rows.append(Total(_("Still to pay"), money_shown(invoice.open_now, invoice.currency), "due"))
    if invoice.discount_until and (invoice.discount_percent or invoice.discount_amount):
        worth = invoice.discount_on(invoice.discount_until)
        if worth:
            label = _("Discount if paid by %(day)s") % {"day": day_shown(invoice.discount_until)}
            rows.append(Total(label, f"−{money_shown(worth, invoice.currency)}"))
    return rows


def _due(invoice: Invoice) -> Due:
    if invoice.open_now > 0:
        due_on = invoice.next_due_on or invoice.due_on
        return Due(
            _("To pay"),
            money_shown(invoice.open_now, invoice.currency),
            _("by %(day)s") % {"day": day_shown(due_on)},
        )
    return Due(_("Total"), money_shown(invoice.total, invoice.currency), _mark(invoice) or "")


def _mark(invoice: Invoice) -> str | None:
    if invoice.state == InvoiceState.DRAFT:
        return _("Draft")
    if invoice.state == InvoiceState.CANCELLED:
        return _("Cancelled on %(day)s") % {"day": day_shown(invoice.cancelled_on)}
    return _("Paid") if not invoice.open_now else None


def _instalments(parts: Iterable[Instalment], currency: str) -> Section:
    rows = [[str(part.number), day_shown(part.due_on), money_shown(part.amount, currency)] for part in parts]
    return Section(_("Instalments"), [_("Number"), _("Due on"), _("Amount")], rows, right=[2])


def _fiscal_notes(notes: list[FiscalDocument]) -> Section | None:
    if not notes:
        return None
    rows = [[f"{note.get_kind_display()} {note.record_number()}", note.key_shown] for note in notes]
    return Section(_("Fiscal notes"), [_("Number"), _("Key")], rows)


def _structured(invoice: Invoice, lines: list[InvoiceLine], card: CompanyCard) -> list[dict[str, Any]]:
    """The invoice itself as a file for programs."""
    data = structured(invoice, lines, card)
    if data is None:
        return []
    return [attachment(cii.NAME, data, _("The invoice for programs"), relationship="alternative")]


def _attachments(notes: Iterable[FiscalDocument]) -> list[dict[str, Any]]:
    """The structured files of its notes, as long as they are not too many to travel along."""
    found: list[dict[str, Any]] = []
    room = _MOST_ATTACHED
    for note in notes:
        if not note.xml:
            continue
        try:
            with note.xml.open("rb") as file:
                data = file.read(room + 1)
        except FileNotFoundError:
            continue
        room -= len(data)
        if room < 0:
            break
        found.append(attachment(xml_name(note), data, str(note)))
    return found


def xml_name(note: FiscalDocument) -> str:
    """What the XML of a note is called when somebody takes it along."""
    return f"{note.kind}-{re.sub(r'[^A-Za-z0-9-]', '-', note.key)}.xml"
