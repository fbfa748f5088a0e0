"""Who works in a company: the membership, and the Wagtail groups that follow from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from portal_modules.core.choices import EDITORIAL_ROLES, StaffRole
from portal_modules.core.models import Company, StaffMembership

from .log import log


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
def revoke_staff(membership: StaffMembership, *, by: Any | None) -> None:
    """End a person's work in a company."""
    log("core.revoke_staff", membership, by=by, user=membership.user_id, role=membership.role)
    _set_groups(membership.company, membership.user, None)
    membership.delete()


def _set_groups(company: Company, user: Any, role: StaffRole | None) -> None:
    groups = Group.objects.filter(name__in=[group_name(company, each) for each in EDITORIAL_ROLES])
    user.groups.remove(*groups)
    if role in EDITORIAL_ROLES:
        user.groups.add(groups.get(name=group_name(company, role)))
