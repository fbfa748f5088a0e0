"""How customers see what they paid, and how staff book it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.help import HelpText

from .bank_help import BANK_HELP
from .online_help import ONLINE_HELP, WAYS_HELP

HELP = (
    *ONLINE_HELP,
    HelpText(
        key="payments:list",
        title=_("Payments"),
        what=_("What is on its way, what you told us of, and what has come, each with its receipt."),
        steps=(
            _("Open Payments from the home page or from an invoice."),
            _("Choose a payment to see which invoices it paid, and take the receipt."),
            _("Narrow the list by words or by a period, and take it along as a file."),
        ),
        also=("payments:payment", "payments:declared", "payments:receipt", "payments:export"),
        icon="card",
        level=Level.REGISTERED,
    ),
    HelpText(
        key="payments:declare",
        title=_("I have paid"),
        what=_("Tell us of a payment that you made elsewhere, such as a bank transfer."),
        steps=(
            _("Choose the invoices, and write how much you paid, when and how."),
            _("Add the proof: a PDF or a photo."),
            _("We look for the payment and tell you. Meanwhile nobody reminds you of these invoices."),
        ),
        icon="upload",
        level=Level.REGISTERED,
    ),
    HelpText(
        key="payments:credit",
        title=_("Your credit"),
        what=_("What you paid beyond your invoices, and what was credited to you."),
        steps=(
            _("Open an invoice that is to be paid."),
            _("Choose to use your credit: it pays as much as it reaches."),
        ),
        also=("payments:use_credit",),
        icon="card",
        level=Level.REGISTERED,
    ),
)

OFFICE_HELP = (
    *BANK_HELP,
    *WAYS_HELP,
    HelpText(
        key="payments_payment_modeladmin_index",
        title=_("Payments"),
        what=_("What came, from whom and how, and what is left of it as credit."),
        steps=(
            _("Narrow the list by method, currency or period, or group it."),
            _("Open a payment to use it for an invoice, to take it back, or to refund it."),
            _("Nothing of a payment is ever changed: what was wrong is taken back by a row of its own."),
        ),
        also=("payments_payment_modeladmin_*",),
    ),
    HelpText(
        key="payments_record",
        title=_("Recording a payment"),
        what=_("Money that came by transfer, in cash or otherwise."),
        steps=(
            _("Find the customer, and write how much came, when and how."),
            _("Tick the invoices that it pays. What is left is the customer's credit."),
        ),
    ),
    HelpText(
        key="payments_declaredpayment_modeladmin_index",
        title=_("Declared payments"),
        what=_("What customers say that they have paid, with the proof beside the invoices."),
        steps=(
            _("Look at the proof, and for the money in the bank."),
            _("Confirm it with one button, or with changes where the bank says otherwise."),
            _("If it is not there, say why: the customer reads it."),
        ),
        also=("payments_declaredpayment_modeladmin_*",),
    ),
    HelpText(
        key="payments_dispute_modeladmin_index",
        title=_("Disputes"),
        what=_("Payments that their payers deny. They are answered at the provider."),
        steps=(
            _("Answer at the provider before the day that is named."),
            _("A lost dispute books the money out, and what it paid is owed again."),
        ),
        also=("payments_dispute_modeladmin_*",),
    ),
    HelpText(
        key="payments_policy",
        title=_("Terms of payment"),
        what=_("The least part that is taken, what is done with more than is owed, credit, and receipts."),
        steps=(_("Change what you need and keep it: it holds for what is paid from then on."),),
    ),
)
