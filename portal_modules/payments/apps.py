"""Manifest of payments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import (
    Function,
    Guarded,
    MenuEntry,
    NoticeKind,
    Periodic,
    PortalModule,
    StaffRight,
)
from portal_modules.customers.choices import CustomerRole

from .autopay_notices import AUTOPAY_NOTICES

_LOOKING = frozenset(
    {StaffRole.MANAGER, StaffRole.FINANCE, StaffRole.OPERATOR, StaffRole.READER, StaffRole.PLATFORM}
)
_FINANCE = frozenset({StaffRole.MANAGER, StaffRole.FINANCE, StaffRole.PLATFORM})
_DECIDING = frozenset({StaffRole.MANAGER, StaffRole.PLATFORM})
_PAYMENT = {"number": _("its number"), "amount": _("how much it is"), "day": _("the day it came")}


class PaymentsModule(PortalModule):
    name = "portal_modules.payments"
    label = "payments"
    title = verbose_name = _("Payments")
    summary = _("What is paid: online, by transfer, by credit; refunds and what customers tell of.")
    icon = "tick-inverse"
    category = _("Finance")
    depends = ("customers", "documents", "notifications", "conversations", "billing")
    # Who sees what is owed sees what is paid.
    seen_by = frozenset({CustomerRole.OWNER, CustomerRole.FINANCE, CustomerRole.VIEWER})
    menu = (MenuEntry(label=_("Payments"), url_name="payments:list", icon="card", order=65),)
    records = ("models.Payment", "models.DeclaredPayment")
    functions = (
        Function("payments.online", _("Pay online")),
        Function("payments.declare", _("Tell of a payment made elsewhere: I have paid")),
        Function("payments.credit", _("See credit, and use it")),
        Function("payments.receipts", _("Receipts to take along")),
    )
    guarded = (
        Guarded("payments.pay", _("Pay online"), ("pay",)),
        Guarded("payments.declare", _("Tell of a payment made elsewhere: I have paid"), ("declare",)),
        Guarded("payments.use_credit", _("Use credit for an invoice"), ("use_credit",)),
        Guarded("payments.methods", _("Keep and remove ways to pay"), ("methods",), Level.PASSWORD),
    )
    rights = (
        StaffRight("payments.view", _("See payments"), _LOOKING),
        StaffRight("payments.edit", _("Book, use and refund payments, decide on declared ones"), _FINANCE),
        StaffRight("payments.configure", _("Change ways to be paid and their terms"), _DECIDING),
    )
    periodic = (
        Periodic("portal_modules.payments.event_tasks.sweep_events", seconds=60),
        Periodic("portal_modules.payments.event_tasks.look_after_attempts", seconds=60 * 60),
        Periodic("portal_modules.payments.refund_tasks.sweep_refunds", seconds=60 * 10),
        Periodic("portal_modules.payments.autopay_tasks.pay_by_agreement", seconds=60 * 60),
        Periodic("portal_modules.payments.payout_tasks.read_all_payouts", seconds=60 * 60 * 3),
    )
    notices = (
        *AUTOPAY_NOTICES,
        NoticeKind(
            "payments.received",
            _("A payment has come"),
            _("The receipt, at once."),
            _PAYMENT,
        ),
        NoticeKind(
            "payments.refunded",
            _("Money goes back to you"),
            _("How much, and why."),
            _PAYMENT,
        ),
        NoticeKind(
            "payments.declared_rejected",
            _("A payment that you told us of was not accepted"),
            _("With the reason."),
            {**_PAYMENT, "reason": _("why it was not accepted")},
            can_switch_off=False,
        ),
    )
