"""Adjectives of what the accounts keep."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from portal_modules.core.companies import card_in_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.querysets import CustomerOwnedQuerySet
from portal_modules.notifications.choices import NOT_ARRIVED, DeliveryState

from .choices import InvitationState, ProofPurpose, RequestState

if TYPE_CHECKING:
    from portal_modules.core.access import Access

# How long a code or link is good, and how long a proved address is: time to think of a password.
CODE_LIFE: Final = timedelta(minutes=10)
PROOF_LIFE: Final = timedelta(minutes=20)
# The link of a first access, which opens only a page that mails a code.
FIRST_LIFE: Final = timedelta(hours=48)


def invitation_life() -> timedelta:
    """How long the link of an invitation opens its page, as the company in scope has set it."""
    return timedelta(days=card_in_scope().setting("accounts.invitation_days"))


class AddressProofQuerySet(models.QuerySet[Any]):
    """Codes asked for. The database's clock decides, because web server and worker may not agree."""

    def fresh(self) -> Self:
        """Those that may still be answered."""
        return self.filter(asked_at__gt=Now() - CODE_LIFE)

    def good_for_first_access(self) -> Self:
        """Those whose link begins a first access."""
        return self.filter(purpose=ProofPurpose.FIRST, asked_at__gt=Now() - FIRST_LIFE, used_at=None)

    def open(self) -> Self:
        """Those that were neither answered nor given up."""
        return self.filter(proved_at=None, used_at=None)

    def proved(self) -> Self:
        """Those that were answered a short while ago, and not yet used."""
        return self.filter(proved_at__gt=Now() - PROOF_LIFE, used_at=None)


class AccessCodeQuerySet(models.QuerySet[Any]):
    """Codes that staff gave out."""

    def current(self) -> Self:
        """Those that were not taken back; one for each customer."""
        return self.filter(ended_at=None)

    def good(self) -> Self:
        """Those that open now."""
        return self.current().filter(expires_at__gt=Now())

    def given_to(self, customers: models.QuerySet[Any]) -> Self:
        """Those of these customers."""
        return self.filter(customer__in=customers)


class DoorWaitQuerySet(models.QuerySet[Any]):
    """People who tried too often."""

    def waiting(self) -> Self:
        """Those who still have to wait."""
        return self.filter(lifted_at=None, until__gt=Now())


class AccessRequestQuerySet(models.QuerySet[Any]):
    """People who said that their address is missing."""

    def visible_to(self, access: Access) -> Self:
        """Those of the customers that whoever is looking owns."""
        owned = access.whole(access.customers_with(frozenset({CustomerRole.OWNER.value})))
        return self.filter(customer_id__in=owned)

    def open(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(state=RequestState.OPEN)

    def for_staff(self) -> Self:
        """Those that are the staff's to answer by now."""
        return self.open().filter(staff_from__lte=Now())


class InvitationQuerySet(models.QuerySet[Any]):
    """People who were asked in."""

    def open(self) -> Self:
        """Those that were neither taken up nor taken back."""
        return self.filter(accepted_at=None, ended_at=None)

    def good(self) -> Self:
        """Those whose link still opens the page."""
        return self.open().filter(sent_at__gt=Now() - invitation_life())

    def bounced(self) -> Self:
        """Those whose mail did not arrive."""
        return self.open().filter(message__state__in=NOT_ARRIVED)

    def in_state(self, state: InvitationState) -> Self:
        """Those of which `Invitation.state` says this; each is in exactly one."""
        match state:
            case InvitationState.ACCEPTED:
                return self.filter(accepted_at__isnull=False)
            case InvitationState.ENDED:
                return self.filter(accepted_at=None, ended_at__isnull=False)
            case InvitationState.BOUNCED:
                return self.bounced()
        arrived = self.open().exclude(message__state__in=NOT_ARRIVED)
        if state == InvitationState.EXPIRED:
            return arrived.filter(sent_at__lte=Now() - invitation_life())
        arrived = arrived.filter(sent_at__gt=Now() - invitation_life())
        if state == InvitationState.OPENED:
            return arrived.filter(opened_at__isnull=False)
        is_sent = Q(message__state=DeliveryState.SENT)
        return arrived.filter(is_sent if state == InvitationState.SENT else ~is_sent, opened_at=None)

    def for_contacts(self) -> Self:
        """Those of customers' people."""
        return self.filter(contact__isnull=False)

    def for_staff(self) -> Self:
        """Those of people who are to work here."""
        return self.filter(contact__isnull=True)


class LegalTextQuerySet(models.QuerySet[Any]):
    """Versions of terms and privacy notices."""

    def published(self) -> Self:
        """Those that are out."""
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        """Those that editors still write on."""
        return self.filter(published_at=None)


class ShareLinkQuerySet(CustomerOwnedQuerySet):
    """Links that show one record."""

    def visible_to(self, access: Access) -> Self:
        """Those to records that whoever is looking sees."""
        return super().visible_to(access).about_what_is_seen(access, "record_type", "record_id")

    def open(self) -> Self:
        """Those that still open."""
        return self.filter(revoked_at=None, until__gt=Now(), views__lt=F("most_views"))

    def of_record(self, record: Any) -> Self:
        """Those to a record."""
        return self.filter(record_type=record.record_type(), record_id=record.pk)


class AccessEventQuerySet(models.QuerySet[Any]):
    """What happened at the doors."""

    def for_person(self, user_id: int, customers: Collection[int]) -> Self:
        """What somebody may read: all about their own login, and who looked at what is their customers'."""
        return self.filter(Q(user_id=user_id) | Q(customer_id__in=customers))

    def of_customer(self, customer_id: int, people: Any) -> Self:
        """All about one customer: their people's own, and who looked."""
        return self.filter(Q(customer_id=customer_id) | Q(user__in=people))
