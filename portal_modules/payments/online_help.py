"""The manual of paying online, for customers and for staff."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.help import HelpText

ONLINE_HELP = (
    HelpText(
        key="payments:pay",
        title=_("Pay online"),
        what=_(
            "Pay one invoice, several at once, a part or an instalment, by card or another way that the company has."
        ),
        steps=(
            _("Tick what you want to pay. You may write a smaller amount."),
            _("Choose how you want to pay, and go on to the page of the payment provider."),
            _("Afterwards you come back here, and the page says how your payment stands."),
        ),
        more=(
            _("Some ways take a day or more until the bank confirms them. There is nothing to do meanwhile."),
            _("Pressing the button again leads to the same page: an invoice is never charged twice."),
        ),
        also=("payments:pay_one", "payments:outcome", "payments:sandbox", "payments:sandbox_payer"),
        icon="card",
        level=Level.REGISTERED,
        function="payments.online",
    ),
    HelpText(
        key="payments:methods",
        title=_("Payment methods"),
        what=_(
            "Keep, change or remove a card at the payment provider, and have invoices paid automatically."
        ),
        steps=(
            _("Press “Manage payment methods”. The page of the provider opens, where your cards are."),
            _("To pay automatically, tick that you agree. You are told three days before each payment."),
            _("You can switch it off at any time."),
        ),
        icon="card",
        level=Level.PASSWORD,
        function="payments.online",
    ),
)

WAYS_HELP = (
    HelpText(
        key="payments_ways",
        title=_("Ways to be paid online"),
        what=_(
            "The accounts of your company at payment providers, and which ways to pay your customers see."
        ),
        steps=(
            _("Add a provider, write its keys and tick the ways to pay."),
            _("Try it out: the answer says whose account the key belongs to."),
            _("Switch it on. Customers see it at once on their invoices."),
        ),
        more=(
            _("Keys are encrypted and never shown again. To change one, write the new one."),
            _("What was begun before you switch a provider off still comes to its end."),
        ),
        also=("payments_way", "payments_new_way", "payments_try_way"),
    ),
)
