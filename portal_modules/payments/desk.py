"""What the home of the back office shows of payments: what waits for somebody, and what came today."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal_modules.billing.actions import billing_day
from portal_modules.core.companies import card_in_scope
from portal_modules.core.desk import Number, WorkItem
from portal_modules.core.rights import may

from .choices import DisputeState
from .models import BankLine, DeclaredPayment, Dispute, Payment


def work(request: Any) -> list[WorkItem]:
    """Declared payments, open disputes, refunds that are stuck, surplus, and lines of the bank to be decided."""
    if not may(request.user, "payments.edit"):
        return []
    declared = reverse("payments_declaredpayment_modeladmin_index")
    disputes = reverse("payments_dispute_modeladmin_index")
    return [
        WorkItem(
            _("Payments to confirm"),
            f"{declared}?state__in=received,review&sort=created_at",
            DeclaredPayment.objects.waiting(),
            icon="tick-inverse",
            order=12,
            pressing=True,
            since="created_at",
        ),
        WorkItem(
            _("Disputes to answer"),
            f"{disputes}?state__exact=open&sort=answer_by",
            Dispute.objects.filter(state=DisputeState.OPEN),
            icon="warning",
            order=13,
            since="opened_at",
        ),
        WorkItem(
            _("Refunds that failed"),
            f"{reverse('payments_payment_modeladmin_index')}?refund=failed",
            Payment.objects.refund_failed(),
            icon="warning",
            order=13,
            pressing=True,
        ),
        WorkItem(
            _("Refunds without an answer"),
            f"{reverse('payments_payment_modeladmin_index')}?refund=silent",
            Payment.objects.refund_silent(timezone.now()),
            icon="warning",
            order=13,
            pressing=True,
        ),
        WorkItem(
            _("Surplus to give back or use"),
            f"{reverse('payments_payment_modeladmin_index')}?surplus=held",
            Payment.objects.held(),
            icon="warning",
            order=13,
        ),
        WorkItem(
            _("Lines of the bank to decide"),
            f"{reverse('payments_bankline_modeladmin_index')}?state__exact=open&sort=posted_on",
            BankLine.objects.waiting(),
            icon="list-ol",
            order=14,
            since="posted_on",
        ),
    ]


def numbers(request: Any) -> list[Number]:
    """How many payments came today."""
    if not may(request.user, "payments.view"):
        return []
    today = billing_day(card_in_scope().company)
    register = reverse("payments_payment_modeladmin_index")
    return [
        Number(
            _("Payments received today"),
            f"{register}?received_on__gte={today}&received_on__lte={today}",
            Payment.objects.filter(received_on=today),
            order=45,
        )
    ]
