"""Having an accountant's pack made, once or every month, and letting it go."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation

from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.core.jobs import start_job
from portal_modules.core.models import Company
from portal_modules.core.sections import is_seen_by
from portal_modules.customers.models import Customer, Membership, MembershipSite

from .. import exceptions
from ..days import billing_day
from ..events import PACK_READY
from ..models import AccountantPack, PackSubscription
from ..models.packs import KEPT_FOR
from ..packing import MOST, papers_of

PACK_JOB: Final = "billing.pack"
# What is issued on a month's last day may come in on the first of the next.
_MADE_FROM_DAY: Final = 2


@transaction.atomic
def ask_for_pack(
    customer: Customer, *, since: date, until: date, by: Any | None, is_monthly: bool = False
) -> AccountantPack:
    """Have a pack made. One of the same period that the same person is still waiting for is that one."""
    if until < since:
        raise exceptions.PeriodOutOfOrder
    Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    waiting = AccountantPack.objects.filter(
        customer=customer,
        since=since,
        until=until,
        asked_by=by,
        made_at=None,
        job__isnull=False,
        job__ended_at=None,
    )
    if (there := waiting.first()) is not None:
        return there
    papers = papers_of(customer.pk, since, until)
    if not papers:
        raise exceptions.NothingToPack
    if len(papers) > MOST:
        raise exceptions.PackTooLarge
    pack: AccountantPack = AccountantPack.objects.create(
        company_id=customer.company_id,
        customer=customer,
        since=since,
        until=until,
        is_monthly=is_monthly,
        asked_by=by,
        asked_by_name=str(by or "")[:160],
        documents=len(papers),
    )
    pack.job = start_job(PACK_JOB, by=by, parameters={"pack": str(pack.pk)}, items=papers)
    pack.save(update_fields=["job"])
    log("billing.ask_for_pack", pack, by=by, since=since.isoformat(), until=until.isoformat())
    return pack


@transaction.atomic
def finish_pack(pack: AccountantPack) -> AccountantPack:
    """Its file is written: it can be taken along, and whoever waits for it is told."""
    pack.made_at = timezone.now()
    pack.save(update_fields=["made_at", "file", "size", "documents"])
    events.announce(PACK_READY, company_id=pack.company_id, customer_id=pack.customer_id, pack_id=pack.pk)
    return pack


@transaction.atomic
def subscribe_to_packs(customer: Customer, *, by: Any) -> PackSubscription:
    """Have the pack of each month made from the next one on."""
    last = month_before(billing_day(customer.company))
    found, is_new = PackSubscription.objects.get_or_create(
        customer=customer, user=by, defaults={"company_id": customer.company_id, "done_for": last}
    )
    if is_new:
        log("billing.subscribe_to_packs", found, by=by)
    return found


@transaction.atomic
def end_packs(customer: Customer, *, by: Any) -> None:
    """Nothing comes every month any more."""
    for found in PackSubscription.objects.filter(customer=customer, user=by):
        log("billing.end_packs", found, by=by)
        found.delete()


def make_monthly_packs(company: Company, *, at: datetime | None = None) -> int:
    """The packs of last month for whoever has them every month; how many are being made. It may run again."""
    today = billing_day(company, at)
    if today.day < _MADE_FROM_DAY:
        return 0
    month = month_before(today)
    due = PackSubscription.objects.filter(done_for__lt=month).values_list("customer", flat=True)
    return sum(_make_monthly(pk, month) for pk in due.order_by("customer").distinct())


@transaction.atomic
def _make_monthly(customer_id: int, month: date) -> bool:
    customer = Customer.objects.select_related("company").get(pk=customer_id)
    rows = PackSubscription.objects.select_for_update().filter(customer=customer, done_for__lt=month)
    waiting = list(rows.order_by("pk"))
    for each in waiting:
        each.done_for = month
        each.save(update_fields=["done_for"])
    if customer.archived_at or not any(may_have_packs(customer, each.user_id) for each in waiting):
        return False
    language = customer.company.spoken(customer.language or customer.company.language)
    until = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    try:
        with translation.override(language):
            ask_for_pack(customer, since=month, until=until, by=None, is_monthly=True)
    except (exceptions.NothingToPack, exceptions.PackTooLarge):
        return False
    return True


def may_have_packs(customer: Customer, user_id: int) -> bool:
    """Does somebody still see the customer's invoices, all of them?"""
    limits = MembershipSite.objects.filter(membership=OuterRef("pk"))
    rows = Membership.objects.filter(~Exists(limits), customer=customer, user=user_id)
    now = timezone.now()
    return any(each.is_current(now) and is_seen_by(each.roles, ["billing"]) for each in rows)


def month_before(day: date) -> date:
    """The first day of the month before the one that a day is in."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def forget_packs(*, at: datetime | None = None) -> int:
    """Let go of packs that were kept for a week, with their files, and of those that never came to be; how many."""
    before = (at or timezone.now()) - KEPT_FOR
    gone = list(AccountantPack.objects.filter(asked_at__lt=before).order_by("pk")[:500])
    old = [pack for pack in gone if pack.kept_until <= (at or timezone.now())]
    for pack in old:
        if pack.file:
            pack.file.delete(save=False)
        pack.delete()
    return len(old)
