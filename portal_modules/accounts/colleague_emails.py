"""What a person of a customer is mailed when one of their own changes or ends their access."""

from __future__ import annotations

from datetime import timedelta

from django.template.defaultfilters import date as written_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.addresses import whole_address
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Membership, MembershipSite
from portal_modules.notifications.mails import Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from .events import YOUR_ACCESS_CHANGED, YOUR_ACCESS_ENDED


@mails.for_event(YOUR_ACCESS_CHANGED, about=gettext_lazy("Your access was changed"))
def access_changed(message: OutboxMessage) -> Mail | None:
    """What they may do from now on, as it is when the mail leaves."""
    member = _membership(message)
    if member is None or not member.is_current(timezone.now()):
        return None
    words = {"customer": member.customer.name}
    roles = ", ".join(str(CustomerRole(role).label) for role in member.roles)
    sites = MembershipSite.objects.filter(membership=member).order_by("site__name")
    facts = [(_("Your role"), roles)]
    if names := list(sites.values_list("site__name", flat=True)):
        facts.append((_("Sites"), ", ".join(names)))
    if member.until:
        last = timezone.localtime(member.until - timedelta(seconds=1))
        facts.append((_("Last day"), str(written_date(last, "DATE_FORMAT"))))
    return Mail(
        subject=_("Your access to %(customer)s was changed") % words,
        title=_("Your access to %(customer)s was changed") % words,
        paragraphs=[_("One of the owners of the account decided it. This is what holds from now on.")],
        facts=facts,
        button=Button(_("Open my account"), whole_address(message.company, message.language, "my_home")),
        reason=_reason(message),
    )


@mails.for_event(YOUR_ACCESS_ENDED, about=gettext_lazy("Your access has ended"))
def access_ended(message: OutboxMessage) -> Mail | None:
    """They have none any more, unless somebody has given it back meanwhile."""
    member = _membership(message)
    if member is None or member.is_current(timezone.now()):
        return None
    words = {"customer": member.customer.name}
    return Mail(
        subject=_("Your access to %(customer)s has ended") % words,
        title=_("Your access to %(customer)s has ended") % words,
        paragraphs=[
            _(
                "One of the owners of the account ended it. What you wrote and sent stays there, with your name."
            ),
            _("If you think that this is a mistake, please ask them."),
        ],
        reason=_reason(message),
    )


def _membership(message: OutboxMessage) -> Membership | None:
    rows = Membership.objects.select_related("customer")
    found: Membership | None = rows.filter(pk=message.payload["membership_id"]).first()
    return found


def _reason(message: OutboxMessage) -> str:
    return _(
        "You get this mail because it concerns your access to %(company)s. Such mails cannot be switched off."
    ) % {"company": message.company.name}
