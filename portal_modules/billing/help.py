"""How customers find what they owe."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.help import HelpText

HELP = (
    HelpText(
        key="billing:finance",
        title=_("Finance"),
        what=_("Your invoices: what was billed, what is open, and what is paid."),
        steps=(
            _("Sign in and open Finance in the menu."),
            _("Choose an invoice to see what it is for, until when it is to be paid, and how."),
        ),
        more=(
            _("An invoice is overdue from the day after its due date; a weekend or holiday moves it on."),
            _("If something is wrong with an invoice, write to us on its page."),
        ),
        also=("billing:invoice",),
        icon="invoice",
        level=Level.REGISTERED,
    ),
)
