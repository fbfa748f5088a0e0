"""Groups of sister companies: platform actions, which open a scope of all companies."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import NotAllowed, Refusal
from portal_modules.core.models import Company, CompanyGroup
from portal_modules.core.scope import platform_scope

from .log import log


class InAnotherGroup(Refusal):
    """A company has sisters in one group only."""

    sentence = _("One of these companies is in another group. Take it out there first.")


class OneIsNoGroup(Refusal):
    """A company alone has no sisters."""

    sentence = _("Choose at least two companies.")


def keep_group(
    name: str, companies: Collection[int], *, group: CompanyGroup | None = None, by: Any
) -> CompanyGroup:
    """Make a group of these companies, or have one consist of them from now on; each has it in its log.

    Raises `NotAllowed`, `OneIsNoGroup` or `InAnotherGroup`.
    """
    _refuse_others(by)
    wanted = set(companies)
    if len(wanted) < 2:
        raise OneIsNoGroup
    with platform_scope(), transaction.atomic():
        rows = list(Company.objects.select_for_update().filter(closed_at=None).order_by("pk"))
        if group is None:
            group = CompanyGroup.objects.create(name=name)
        elif group.name != name:
            group.name = name
            group.save(update_fields=["name"])
        for company in rows:
            if company.pk in wanted and company.group_id not in {None, group.pk}:
                raise InAnotherGroup
            _put(company, group if company.pk in wanted else None, group, by)
    return group


def dissolve_group(group: CompanyGroup, *, by: Any) -> None:
    """Its companies are strangers to each other again, from this moment, in running sessions, too."""
    _refuse_others(by)
    with platform_scope(), transaction.atomic():
        for company in Company.objects.select_for_update().filter(group=group).order_by("pk"):
            _put(company, None, group, by)
        group.delete()


def _put(company: Company, wanted: CompanyGroup | None, group: CompanyGroup, by: Any) -> None:
    """In the group or out of it; a company of another group is left alone."""
    is_in = company.group_id == group.pk
    if is_in == (wanted is not None) or (wanted is None and not is_in):
        return
    company.group = wanted
    company.save(update_fields=["group"])
    log("core.join_group" if wanted else "core.leave_group", company, by=by, group=group.name)


def _refuse_others(by: Any) -> None:
    if not by.is_superuser:
        raise NotAllowed
