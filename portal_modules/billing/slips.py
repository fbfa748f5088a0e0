"""Boletos as they are handed out: the bank's own line on the bank's form, and what a late payment comes to beside it."""

from __future__ import annotations

from typing import Final

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal_modules.core.amounts import digits_of, money_shown
from portal_modules.core.companies import CompanyCard

from .choices import SlipProvider
from .models import BankAccount, BankSlip, Invoice, LateFeePolicy
from .owing import Owed
from .papers.bank_lines import grouped
from .papers.barcodes import slip_barcode
from .papers.content import Fact, SlipForm, SlipPaper, Updated
from .papers.figures import number_shown
from .printing import addressee, day_shown, head_of, in_language_of, kept, page_of, sender

# The form is the banks', and so are its words.
FORM_LANGUAGE: Final = "pt-br"
_NOT_TO_BE_PAID: Final = "DEMONSTRAÇÃO – NÃO PAGAR"
_KIND: Final = "DM"  # duplicata mercantil: the bank's word for a claim from a sale


def slip_pdf(
    slip: BankSlip, card: CompanyCard, policy: LateFeePolicy | None, owed: Owed | None = None
) -> bytes:
    """The PDF of a boleto; with `owed`, what is to be paid on a later day stands beside the bank's line."""
    with in_language_of(slip.invoice, card):
        return kept(slip_paper(slip, card, policy, owed), "slip", card)


def slip_paper(
    slip: BankSlip, card: CompanyCard, policy: LateFeePolicy | None, owed: Owed | None = None
) -> SlipPaper:
    """A boleto as it is drawn, in the language in force."""
    invoice = slip.invoice
    heading = _("Boleto")
    facts = (
        (_("Invoice"), invoice.number_shown),
        (_("Due on"), day_shown(slip.due_on)),
        (_("Amount"), money_shown(slip.amount, slip.currency)),
        (_("Number at the bank"), slip.our_number),
    )
    return SlipPaper(
        **{
            **head_of(card, heading=heading, day=slip.registered_on),
            "title": f"{heading} {invoice.number_shown} · {card.company.name}",
        },
        customer=addressee(invoice),
        facts=[Fact(label, value) for label, value in facts if value],
        claim=_("Printed from what the bank has registered. It is not a fiscal document."),
        slip=_form(slip, invoice, card, policy, owed),
        pay=page_of(invoice, card) if invoice.open_now > 0 else None,
    )


def bank_code_shown(bank: str) -> str:
    """The code of a bank with its check digit, as it stands on a form: 001-9, 341-7."""
    total = sum(int(digit) * weight for digit, weight in zip(reversed(bank), (2, 3, 4), strict=False))
    found = 11 - total % 11
    return f"{bank}-{0 if found >= 10 else found}"


def _form(
    slip: BankSlip, invoice: Invoice, card: CompanyCard, policy: LateFeePolicy | None, owed: Owed | None
) -> SlipForm:
    account = slip.bank_account
    payee, payer = sender(card), addressee(invoice)
    is_demo = slip.provider == SlipProvider.DEMO
    updated = _updated(owed, slip) if owed is not None and owed.is_more else None
    cut = _("Cut here")
    with translation.override(FORM_LANGUAGE):
        return SlipForm(
            bank_name=(account.bank_name if account else "") or f"Banco {slip.bank}",
            bank_code=bank_code_shown(slip.bank),
            line=grouped(slip.line),
            barcode=slip_barcode(slip.barcode),
            place="Pagável em qualquer banco",
            due_on=day_shown(slip.due_on),
            payee=" – ".join([payee.name, *payee.lines[:3]]),
            account=" / ".join(filter(None, [account.branch, account.number])) if account else "",
            issued_on=day_shown(invoice.issued_on),
            document=invoice.number_shown,
            kind=_KIND,
            registered_on=day_shown(slip.registered_on),
            our_number=slip.our_number,
            wallet="",
            amount=number_format(slip.amount, digits_of(slip.currency), use_l10n=True, force_grouping=True),
            instructions=_instructions(account, policy),
            payer=" – ".join([payer.name, *payer.lines]),
            cut=cut,
            warning=_NOT_TO_BE_PAID if is_demo else None,
            updated=updated,
        )


def _instructions(account: BankAccount | None, policy: LateFeePolicy | None) -> list[str]:
    lines = list(account.instructions.splitlines()) if account else []
    if policy is not None and policy.is_charged and (policy.fine_percent or policy.interest_percent):
        lines.append(
            _("After the due date: a fine of %(fine)s %% and interest of %(interest)s %% a month.")
            % {"fine": number_shown(policy.fine_percent), "interest": number_shown(policy.interest_percent)}
        )
    return [line for line in lines if line.strip()]


def _updated(owed: Owed, slip: BankSlip) -> Updated:
    rows = [[line.label, line.detail, money_shown(line.amount, slip.currency)] for line in owed.lines]
    rows.append([_("Total"), "", money_shown(owed.total, slip.currency)])
    return Updated(
        title=_("If you pay on %(day)s") % {"day": day_shown(owed.on)},
        text=_("For your information: the bank itself adds fine and interest when you pay."),
        heads=[_("What"), _("How it comes about"), _("Amount")],
        rows=rows,
    )


def is_reckoned_by_bank(slip: BankSlip) -> bool:
    """Does the bank add fine and interest when an overdue boleto is paid?"""
    return slip.bank_account is None or bool(slip.bank_account.recalculates_at_payment)
