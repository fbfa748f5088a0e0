"""A way back in for somebody who has access already and cannot find the door, or lost the password.

The company's staff scope has to be in force.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from portal_modules.core.actions import log
from portal_modules.core.scope import PORTAL, Scope, database_scope
from portal_modules.customers.models import Contact
from portal_modules.notifications.models import OutboxMessage
from portal_modules.users.models import User

from ..choices import ProofPurpose
from ..events import WAY_BACK
from ..exceptions import CustomerArchived, LoginClosed, NotInvited, WayBackJustSent
from .inviting import PAUSE
from .logins import current_access, may_sign_in
from .proving import ask_for_proof


@transaction.atomic
def send_way_back(contact: Contact, *, by: Any | None) -> str:
    """Mail them the address of the portal and a link to choose a new password; returns where it goes.

    It is the link that they could ask for themselves: it opens once, and soon closes. It goes to the address that
    they sign in with, whatever their card says.

    Raises `NotInvited` where they have no access, `CustomerArchived`, `LoginClosed`, or `WayBackJustSent`.
    """
    card = (
        Contact.objects.select_for_update(of=("self",))
        .select_related("customer", "company")
        .get(pk=contact.pk)
    )
    member = current_access(card).order_by("pk").values_list("user", flat=True).first()
    if member is None:
        raise NotInvited
    if card.customer.archived_at:
        raise CustomerArchived
    # The role of a door sees logins, those of staff do not.
    with database_scope(Scope(role=PORTAL)):
        user = User.objects.filter(pk=member).first()
    if user is None or not may_sign_in(user):
        raise LoginClosed
    email: str = user.email
    before = OutboxMessage.objects.filter(event=WAY_BACK, address=email)
    if before.filter(created_at__gt=timezone.now() - PAUSE).exists():
        raise WayBackJustSent
    language = user.language or card.reads or card.company.language
    ask_for_proof(card.company, purpose=ProofPurpose.RESET, email=email, language=language, mail=WAY_BACK)
    log("accounts.send_way_back", card, by=by)
    return email
