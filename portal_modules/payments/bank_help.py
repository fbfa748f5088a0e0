"""The manual of bank files, for staff."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.help import HelpText

BANK_HELP = (
    HelpText(
        key="payments_bankfile_modeladmin_index",
        title=_("Bank files"),
        what=_("Statements and return files of your bank, and how much of each is still to be decided."),
        steps=(
            _("Bring a file as your bank gives it: OFX, or CNAB 240 or 400 of Itaú or Bradesco."),
            _("Open it to see line by line what the money may be for, and why."),
            _("The same file again is refused, and a line that came with another file is taken once."),
        ),
        also=("payments_bankfile_modeladmin_*", "payments_bank_*"),
    ),
    HelpText(
        key="payments_bankfile_modeladmin_inspect",
        title=_("The lines of a bank file"),
        what=_(
            "Each movement with the invoice that it may pay beside it. Nothing is booked until you confirm."
        ),
        steps=(
            _("Confirm a line with its button, or all that are sure at once."),
            _("Choose something else for a line: other invoices, a customer's credit, or leave it out."),
            _("Look again after invoices have come or were paid: what was not decided is proposed anew."),
        ),
        more=(
            _(
                "A Pix reference comes first, then the boleto, the number, the tax id with the amount, the name."
            ),
            _("Fine and interest that the bank names pay no invoice and are nobody's credit."),
        ),
    ),
    HelpText(
        key="payments_bankline_modeladmin_index",
        title=_("Lines of the bank"),
        what=_("All movements of all files, whatever was made of them."),
        steps=(
            _("Narrow them by what was made of them, by how sure the proposal is, or by a period."),
            _("Tick several to confirm their proposals or to leave them out together."),
            _("Open a booked line to undo it: the invoice is owed again, and the line is decided anew."),
        ),
        also=("payments_bankline_modeladmin_*",),
    ),
    HelpText(
        key="payments_providerpayout_modeladmin_index",
        title=_("Payouts"),
        what=_("What your providers have sent, or will send, to your bank account. It is only read."),
        steps=(
            _("Narrow the list by state or by the day on which it arrives."),
            _("Open the balances to see what lies at each provider and how often it is sent."),
        ),
        more=(_("Where a provider lets nobody change how often, the page says so."),),
        also=("payments_providerpayout_*", "payments_balances", "payments_ask_now", "payments_change_plan"),
    ),
)
