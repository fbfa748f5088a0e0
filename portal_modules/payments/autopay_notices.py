"""What customers are told of automatic payments. It has to arrive: money is taken, or is not taken any more."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.modules import NoticeKind

AUTOPAY_NOTICES = (
    NoticeKind(
        "payments.autopay_announced",
        _("An automatic payment is coming"),
        _("Three days before, with the amount."),
        {"number": _("its number"), "amount": _("what is open of it"), "day": _("the day of the payment")},
        can_switch_off=False,
    ),
    NoticeKind(
        "payments.autopay_ended",
        _("Automatic payments are off"),
        _("Why, and how to go on."),
        {"why": _("why they have ended, as a sentence")},
        can_switch_off=False,
    ),
    NoticeKind(
        "payments.autopay_card_ends",
        _("The card of your automatic payments ends soon"),
        _("Thirty days before."),
        {"day": _("the day until which the card is good")},
        can_switch_off=False,
    ),
)
