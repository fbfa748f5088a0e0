"""Where a company is found: its alias, and a host name of its own. The company's staff scope has to be in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from portal_modules.core.alias import validate_alias
from portal_modules.core.choices import EDITORIAL_ROLES
from portal_modules.core.exceptions import Refusal
from portal_modules.core.hosts import clean_host, record_text
from portal_modules.core.models import Company, CompanyHost, HostState

from .log import log
from .staff import group_name


class AliasTaken(Refusal):
    """It is, or was, another company's."""

    sentence = _("Another company has this alias, or had it.")


class HostTaken(Refusal):
    """Another company has proved that the name is its own."""

    sentence = _("Another company of this portal has this name.")


def alias_is_taken(alias: str, company_id: int = 0) -> bool:
    """Is it, or was it, the alias of a company other than this one, closed ones too?"""
    with connection.cursor() as cursor:
        cursor.execute("select core_alias_holder(%s)", [alias])
        holder = cursor.fetchone()[0]
    return holder is not None and holder != company_id


@transaction.atomic
def change_alias(company: Company, alias: str, *, by: Any | None) -> Company:
    """Give a company another alias. The one before leads to it from now on, and stays reserved for this company.

    Raises `ValidationError` for what is no alias, and `AliasTaken`.
    """
    validate_alias(alias)
    locked = Company.objects.select_for_update().get(pk=company.pk)
    before = locked.alias
    if alias == before:
        return locked
    if alias_is_taken(alias, company.pk):
        raise AliasTaken
    names = {role: group_name(locked, role) for role in EDITORIAL_ROLES}
    locked.alias = alias
    try:
        with transaction.atomic():
            locked.save(update_fields=["alias"])
    except IntegrityError:
        raise AliasTaken from None
    for role, name in names.items():
        Group.objects.filter(name=name).update(name=group_name(locked, role))
    Site.objects.filter(pk=locked.site_id).update(hostname=f"{alias}.{settings.PLATFORM_HOST}")
    log("core.change_alias", locked, by=by, before=before, after=alias)
    return locked


def host_is_taken(name: str, company_id: int) -> bool:
    """Has another company proved that it is its own?"""
    with connection.cursor() as cursor:
        cursor.execute("select id from core_company_of_host(%s)", [name])
        row = cursor.fetchone()
    return row is not None and row[0] != company_id


@transaction.atomic
def claim_host(company: Company, typed: str, *, by: Any | None) -> CompanyHost:
    """Say which host name shall be the company's. It takes effect when its record was found.

    One that was proved before is given up. Raises `ValidationError` for what is no host name, and `HostTaken`.
    """
    name = clean_host(typed)
    locked = Company.objects.select_for_update().get(pk=company.pk)
    if host_is_taken(name, company.pk):
        raise HostTaken
    if locked.own_host not in (None, name):
        _let_go(locked)
    now = timezone.now()
    values = {"name": name, "asked_at": now, "state": HostState.WAITING, "checked_at": None}
    host, _made = CompanyHost.objects.update_or_create(company=company, defaults=values)
    log("core.claim_host", locked, by=by, host=name)
    return host


@transaction.atomic
def ask_again(host: CompanyHost, *, by: Any | None) -> CompanyHost:
    """Have the record looked up once more."""
    locked = CompanyHost.objects.select_for_update().get(pk=host.pk)
    locked.asked_at = timezone.now()
    locked.save(update_fields=["asked_at"])
    return locked


@transaction.atomic
def note_records(company: Company, name: str, texts: Sequence[str] | None) -> CompanyHost | None:
    """Write down what the DNS said of a host name: None is silence. A right record makes the name the company's.

    A name that was proved stays proved: a record that is tidied away later takes nothing from anybody. Returns
    None where the company has meanwhile asked for another name, or for none.
    """
    locked = Company.objects.select_for_update().get(pk=company.pk)
    host: CompanyHost | None = CompanyHost.objects.filter(name=name).first()
    if host is None:
        return None
    host.state = _state_of(locked, host, texts)
    host.checked_at = timezone.now()
    if host.state == HostState.FOUND and locked.own_host != name:
        locked.own_host = name
        try:
            with transaction.atomic():
                locked.save(update_fields=["own_host"])
        except IntegrityError:
            host.state = HostState.TAKEN
        else:
            log("core.prove_host", locked, by=None, host=name)
    host.save(update_fields=["state", "checked_at"])
    return host


def _state_of(company: Company, host: CompanyHost, texts: Sequence[str] | None) -> HostState:
    if company.own_host == host.name:
        return HostState.FOUND
    if texts is None:
        return HostState.SILENT
    if record_text(company, host.name) in [text.strip() for text in texts]:
        return HostState.FOUND
    return HostState.WRONG if texts else HostState.WAITING


@transaction.atomic
def remove_host(company: Company, *, by: Any | None) -> None:
    """Give the host name up. The company is found at its alias, as always."""
    locked = Company.objects.select_for_update().get(pk=company.pk)
    names = list(CompanyHost.objects.values_list("name", flat=True))
    CompanyHost.objects.filter(name__in=names).delete()
    if locked.own_host:
        _let_go(locked)
    log("core.remove_host", locked, by=by, hosts=names)


def _let_go(company: Company) -> None:
    company.own_host = None
    company.save(update_fields=["own_host"])
