"""The mail that an accountant's pack is there: with a link, never with the pack, which shows all of a period."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.addresses import whole_address
from portal_modules.core.events import events
from portal_modules.customers.models import Membership
from portal_modules.notifications.actions import tell
from portal_modules.notifications.mails import Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from .actions import may_have_packs
from .events import PACK_READY
from .models import AccountantPack, PackSubscription


@events.receive(PACK_READY)
def tell_of_the_pack(company_id: int, customer_id: int, pack_id: UUID) -> None:
    """Who asked for it, or those who have it every month, as long as they see the customer's invoices."""
    pack = AccountantPack.objects.select_related("customer__company").get(pk=pack_id)
    waiting: set[Any] = {pack.asked_by_id}
    if pack.is_monthly:
        waiting = set(PackSubscription.objects.filter(customer=customer_id).values_list("user", flat=True))
    company = pack.customer.company
    accesses = Membership.objects.filter(customer=customer_id, user__in=waiting - {None})
    for access in accesses.exclude(contact__email="").select_related("contact__customer").order_by("pk"):
        contact = access.contact
        if contact is None or not may_have_packs(pack.customer, access.user_id):
            continue
        tell(
            PACK_READY,
            company=company,
            language=contact.reads or company.language,
            contact=contact,
            payload={"pack_id": pack_id},
            once=f"{pack_id}:{contact.pk}",
        )


@mails.for_event(PACK_READY, about=gettext_lazy("The pack for your accountant is ready"))
def pack_ready(message: OutboxMessage) -> Mail | None:
    """The period, how many documents, and where it is taken along; nothing once it is gone."""
    rows = AccountantPack.objects.select_related("customer").filter(pk=message.payload["pack_id"])
    pack = rows.first()
    if pack is None or not pack.is_ready():
        return None
    values = {"since": _day(pack.since), "until": _day(pack.until), "company": message.company.name}
    if pack.is_monthly:
        reason = _(
            "You get this mail because you have this pack made every month. You end that on the same page."
        )
    else:
        reason = _("You get this mail because you asked for this pack.")
    return Mail(
        subject=_("Invoices and fiscal notes of %(company)s, %(since)s to %(until)s") % values,
        title=_("The pack for your accountant is ready"),
        paragraphs=[_("Sign in to take it along. It is kept for seven days.")],
        facts=[
            (_("Period"), f"{values['since']} – {values['until']}"),
            (_("Documents"), str(pack.documents)),
            (_("Customer"), pack.customer.name),
        ],
        button=Button(_("See the pack"), whole_address(message.company, message.language, "billing:packs")),
        reason=reason,
    )


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
