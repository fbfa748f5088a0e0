"""Who works in a company: the membership, and the Wagtail groups that follow from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import EDITORIAL_ROLES, StaffRole
from portal_modules.core.exceptions import Refusal, WrongState
from portal_modules.core.models import Company, StaffMembership

from .log import log


class LastManager(Refusal):
    """Nobody would be left who can let others in."""

    sentence = _("This is the last manager. Make somebody else a manager first.")


def group_name(company: Company, role: str) -> str:
    """The generated group of one editorial role; its pages and collections hang from it."""
    return f"{company.alias} · {role}"


@transaction.atomic
def grant_staff(
    company: Company, user: Any, role: StaffRole, *, by: Any | None, until: datetime | None = None
) -> StaffMembership:
    """Have a person work in a company, in one role; a second call changes the role.

    The company's scope has to be in force.
    """
    membership, _made = StaffMembership.objects.update_or_create(
        company=company, user=user, defaults={"role": role, "until": until}
    )
    _set_groups(company, user, role)
    log("core.grant_staff", membership, by=by, user=user.pk, role=str(role))
    return membership


@transaction.atomic
def change_staff_role(membership: StaffMembership, role: StaffRole, *, by: Any | None) -> StaffMembership:
    """Give somebody who works here another role. Raises `LastManager`, or `WrongState` for who is only visiting."""
    locked = _locked(membership)
    if role != StaffRole.MANAGER:
        _refuse_last_manager(locked)
    return grant_staff(locked.company, locked.user, role, by=by)


@transaction.atomic
def end_staff(membership: StaffMembership, *, by: Any | None) -> None:
    """Somebody does not work here any more, from this moment; what they did keeps their name.

    Raises `LastManager`, or `WrongState` for who is only visiting or has left already.
    """
    locked = _locked(membership)
    _refuse_last_manager(locked)
    StaffMembership.objects.filter(pk=locked.pk).update(until=TransactionNow())
    _set_groups(locked.company, locked.user, None)
    log("core.end_staff", locked, by=by, user=locked.user_id, role=locked.role)


@transaction.atomic
def revoke_staff(membership: StaffMembership, *, by: Any | None) -> None:
    """End a person's work in a company."""
    log("core.revoke_staff", membership, by=by, user=membership.user_id, role=membership.role)
    _set_groups(membership.company, membership.user, None)
    membership.delete()


def _locked(membership: StaffMembership) -> StaffMembership:
    # Two managers who remove each other at the same moment: the second waits here, and is refused.
    Company.objects.select_for_update().get(pk=membership.company_id)
    found = StaffMembership.objects.select_related("user", "company").get(pk=membership.pk)
    if found.role == StaffRole.PLATFORM or not found.is_current(timezone.now()):
        raise WrongState
    return found


def _refuse_last_manager(membership: StaffMembership) -> None:
    current = Q(until=None) | Q(until__gt=Now())
    others = StaffMembership.objects.filter(current, role=StaffRole.MANAGER, user__is_active=True)
    if membership.role == StaffRole.MANAGER and not others.exclude(pk=membership.pk).exists():
        raise LastManager


def _set_groups(company: Company, user: Any, role: StaffRole | None) -> None:
    groups = Group.objects.filter(name__in=[group_name(company, each) for each in EDITORIAL_ROLES])
    user.groups.remove(*groups)
    if role in EDITORIAL_ROLES:
        user.groups.add(groups.get(name=group_name(company, role)))
