"""Paying by agreement: consented to, announced, tried, tried once more, ended."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from portal_modules.billing.models import Invoice
from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.customers.models import Customer
from portal_modules.users.models import User

from .. import exceptions
from ..choices import AutopayEnd, AutopayRunState
from ..events import AUTOPAY_ANNOUNCED, AUTOPAY_CARD_ENDS, AUTOPAY_ENDED
from ..models import Autopay, AutopayRun, PayerAccount, PaymentAttempt, PaymentProvider
from ..providers.base import SavedMethod

NOTICE_DAYS: Final = 3
RETRY_DAYS: Final = 3
WARNING_DAYS: Final = 30
MOST_TRIES: Final = 2


@transaction.atomic
def keep_payer(customer: Customer, provider: PaymentProvider, payer: str) -> PayerAccount:
    """Remember what a provider calls a customer."""
    found: PayerAccount
    found, _is_new = PayerAccount.objects.get_or_create(
        company=customer.company, customer=customer, provider=provider, defaults={"payer": payer}
    )
    return found


@transaction.atomic
def agree_to_autopay(
    customer: Customer, *, provider: PaymentProvider, consent: str, method: SavedMethod, by: User
) -> Autopay:
    """Keep the agreement in the words that were read. One that holds already is the one."""
    Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    there: Autopay | None = Autopay.objects.filter(customer=customer, ended_at=None).first()
    if there is not None:
        return there
    if customer.archived_at:
        raise exceptions.CustomerArchived
    agreed: Autopay = Autopay.objects.create(
        company=customer.company,
        customer=customer,
        provider=provider,
        consent=consent,
        consented_by=by,
        consented_name=str(by)[:200],
        method_label=method.label[:120],
        method_ends=last_day(method),
    )
    log("payments.agree_to_autopay", agreed, by=by, consent=consent, method=method.label)
    return agreed


@transaction.atomic
def end_autopay(autopay: Autopay, *, how: AutopayEnd, by: User | None) -> Autopay:
    """Nothing more is taken from now on. Again, it changes nothing."""
    row: Autopay = Autopay.objects.select_for_update(no_key=True).get(pk=autopay.pk)
    if row.ended_at is not None:
        return row
    row.ended_at, row.end = timezone.now(), how
    row.save(update_fields=["ended_at", "end"])
    row.runs.filter(state=AutopayRunState.ANNOUNCED).update(state=AutopayRunState.DROPPED)
    log("payments.end_autopay", row, by=by, how=how)
    if how != AutopayEnd.CUSTOMER:
        events.announce(AUTOPAY_ENDED, **_ids(row))
    return row


@transaction.atomic
def announce_autopay(*, on: date) -> list[AutopayRun]:
    """Tell of the invoices that will be paid in three days or sooner; each due day once."""
    found = []
    for autopay in Autopay.objects.filter(ended_at=None, customer__archived_at=None).order_by("pk"):
        due = Invoice.objects.under_collection().filter(
            customer=autopay.customer_id, next_due_on__lte=on + timedelta(days=NOTICE_DAYS)
        )
        # What was owed before the agreement is not taken by surprise: it is paid by hand.
        since = timezone.localdate(autopay.consented_at)
        for invoice in due.filter(next_due_on__gte=since).order_by("next_due_on", "pk"):
            run, is_new = AutopayRun.objects.get_or_create(
                company=autopay.company,
                autopay=autopay,
                invoice=invoice,
                due_on=invoice.next_due_on,
                defaults={
                    "customer_id": autopay.customer_id,
                    "told_on": on,
                    "next_try_on": max(invoice.next_due_on, on + timedelta(days=NOTICE_DAYS)),
                },
            )
            if is_new:
                found.append(run)
                events.announce(AUTOPAY_ANNOUNCED, **_ids(autopay), run_id=run.pk)
    return found


@transaction.atomic
def warn_of_cards(*, on: date) -> None:
    """Thirty days before a kept card ends, once for each."""
    soon = Autopay.objects.filter(ended_at=None, method_ends__lte=on + timedelta(days=WARNING_DAYS))
    for autopay in soon.select_for_update(no_key=True, of=("self",)):
        if autopay.warned_of != autopay.method_ends:
            autopay.warned_of = autopay.method_ends
            autopay.save(update_fields=["warned_of"])
            events.announce(AUTOPAY_CARD_ENDS, **_ids(autopay))


@transaction.atomic
def note_method(autopay: Autopay, method: SavedMethod) -> None:
    """The customer may have changed the card at the provider: what is kept here follows."""
    if (autopay.method_label, autopay.method_ends) != (method.label[:120], last_day(method)):
        autopay.method_label, autopay.method_ends = method.label[:120], last_day(method)
        autopay.save(update_fields=["method_label", "method_ends"])


@transaction.atomic
def note_try(run: AutopayRun, *, is_good: bool, attempt: PaymentAttempt | None, on: date) -> AutopayRun:
    """What came of a try: paid; or once more after some days; or the end of the agreement."""
    row: AutopayRun = AutopayRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if row.state != AutopayRunState.ANNOUNCED:
        return row
    row.tries += 1
    row.attempt = attempt
    if is_good:
        row.state = AutopayRunState.PAID
    elif row.tries >= MOST_TRIES:
        row.state = AutopayRunState.FAILED
    else:
        row.next_try_on = on + timedelta(days=RETRY_DAYS)
    row.save(update_fields=["tries", "attempt", "state", "next_try_on"])
    if row.state == AutopayRunState.FAILED:
        end_autopay(row.autopay, how=AutopayEnd.DECLINED, by=None)
    return row


@transaction.atomic
def drop_run(run: AutopayRun) -> None:
    """There is nothing to take any more, or somebody is paying it by hand."""
    AutopayRun.objects.filter(pk=run.pk, state=AutopayRunState.ANNOUNCED).update(
        state=AutopayRunState.DROPPED
    )


def last_day(method: SavedMethod) -> date | None:
    """The last day on which a kept way to pay is good."""
    if method.ends is None:
        return None
    year, month = method.ends
    return date(year, month, monthrange(year, month)[1])


def _ids(autopay: Autopay) -> dict[str, Any]:
    return {
        "company_id": autopay.company_id,
        "customer_id": autopay.customer_id,
        "autopay_id": autopay.pk,
    }
