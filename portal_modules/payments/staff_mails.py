"""What staff who may refund are mailed: a refund that failed, or of which its provider says nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.addresses import register_address
from portal_modules.core.choices import ASSIGNABLE_ROLES
from portal_modules.core.models import StaffMembership
from portal_modules.core.rights import rights_of
from portal_modules.notifications.actions import tell
from portal_modules.notifications.mails import Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from .choices import GIVEN_UP, RefundState
from .events import REFUND_FAILED, REFUND_SILENT
from .models import Refund


def tell_who_may_refund(event: str, refund_id: UUID) -> None:
    """Each of them once for a refund; nobody of one that staff have given up themselves."""
    refund = Refund.objects.select_related("payment__company").get(pk=refund_id)
    if refund.steps.filter(state=RefundState.FAILED, note=GIVEN_UP).exists():
        return
    company = refund.payment.company
    for person in _who_may_refund():
        tell(
            event,
            company=company,
            language=person.language or company.language,
            address=person.email,
            payload={"refund_id": refund_id},
            once=f"{refund_id}:{person.pk}",
        )


def _who_may_refund() -> Any:
    roles = [role for role in ASSIGNABLE_ROLES if "payments.edit" in rights_of(role)]
    working = StaffMembership.objects.filter(
        Q(until=None) | Q(until__gt=timezone.now()), role__in=roles
    ).values_list("user", flat=True)
    return get_user_model().objects.filter(pk__in=list(working), is_active=True).order_by("pk")


@mails.for_event(REFUND_FAILED, about=gettext_lazy("A refund failed"))
def refund_failed(message: OutboxMessage) -> Mail | None:
    """The money is the customer's credit again."""
    words = _("It has not reached the customer. The money is credit again: send it back in another way.")
    return _mail(message, RefundState.FAILED, _("A refund failed"), words)


@mails.for_event(REFUND_SILENT, about=gettext_lazy("A refund without an answer"))
def refund_silent(message: OutboxMessage) -> Mail | None:
    """Somebody has to decide."""
    words = _("The provider knows nothing of it, though it was asked. Ask again there, or give it up.")
    return _mail(message, RefundState.ASKED, _("A refund has no answer"), words)


def _mail(message: OutboxMessage, state: RefundState, title: str, words: str) -> Mail | None:
    """None where it has gone on meanwhile."""
    rows = Refund.objects.select_related("payment__customer").prefetch_related("steps")
    refund = rows.filter(pk=message.payload["refund_id"]).first()
    if refund is None or refund.state != state:
        return None
    payment = refund.payment
    return Mail(
        subject=title,
        title=title,
        paragraphs=[words],
        facts=[
            (_("Customer"), payment.customer.name),
            (_("Payment"), payment.number),
            (_("Amount"), refund.amount_shown),
        ],
        button=Button(_("Open the payment"), register_address(payment)),
        reason=_("You get this mail because you may refund payments at %(company)s.")
        % {"company": message.company.name},
    )
