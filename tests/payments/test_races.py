"""A hundred threads pay and use money for one invoice while staff do so by hand; two browsers press Pay at once."""

from __future__ import annotations

import threading
from collections import Counter
from decimal import Decimal
from uuid import uuid4

import django_rq
import pytest
from django.db import connection, transaction
from django.utils import timezone

from portal_modules.billing.actions import Claim, billing_day, draft_invoice, issue_invoice
from portal_modules.billing.models import Invoice
from portal_modules.core.exceptions import Refusal
from portal_modules.core.scope import company_scope
from portal_modules.core.tasks import ScopedJob
from portal_modules.notifications.tasks import deliver
from portal_modules.payments.actions import (
    allocate,
    record_payment,
    refund_payment,
    settle_attempt,
    take_back,
    use_credit,
)
from portal_modules.payments.event_tasks import work_off
from portal_modules.payments.models import Allocation, Payment, PaymentAttempt, SandboxSession
from tests.payments.online import account
from tests.payments.paid import attempt, provider
from tests.payments.test_paying_online import form, my
from tests.world.browsing import Browser
from tests.world.committed import CommittedWorld, committed

__all__ = ["committed"]

THREADS = 100
PRESSES = 20
SHARE = Decimal(3)


def test_a_hundred_threads_never_pay_more_than_is_owed(committed: CommittedWorld) -> None:  # noqa: F811
    side = committed.world.home
    customer = side.customers["alice"]
    with company_scope(side.company):
        draft = draft_invoice(
            customer, by=None, claims=[Claim("Work", Decimal(100))], due_on=billing_day(side.company)
        )
        invoice = issue_invoice(draft, by=None)
        spare = [
            record_payment(customer, by=None, amount=SHARE, currency="EUR", method="cash")
            for _each in range(10)
        ]
    begun = attempt(side, provider(side), invoice, amount=SHARE)
    gate = threading.Barrier(THREADS)
    ends: Counter[str] = Counter()

    def act(number: int) -> None:
        match number % 5:
            case 0:
                record_payment(
                    customer,
                    by=None,
                    amount=SHARE,
                    currency="EUR",
                    method="pix",
                    invoices={invoice.pk: SHARE},
                )
            case 1:
                allocate(spare[number % len(spare)], invoice, SHARE, by=None)
            case 2:
                settle_attempt(
                    begun,
                    amount=SHARE,
                    currency="EUR",
                    charge=f"ch_{number % 20}",
                    method="card",
                    at=timezone.now(),
                )
            case 3:
                use_credit(invoice, by=None, amount=SHARE)
            case _:
                use = Allocation.objects.holding().filter(invoice=invoice).first()
                if use is not None and number % 2:
                    take_back(use, by=None, reason="by hand", amount=Decimal(1))
                else:
                    refund_payment(spare[0], by=None, amount=Decimal(1), reason="by hand")

    def run(number: int) -> None:
        connection.ensure_connection()  # who still has to connect comes after the others
        gate.wait()
        try:
            with company_scope(side.company):
                act(number)
            ends["done"] += 1
        except Refusal as refusal:
            ends["refused" if str(refusal) else "refused without a word"] += 1
        except Exception as error:
            ends[f"{type(error).__name__}: {error}"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends.keys() <= {"done", "refused"}, ends
    assert sum(ends.values()) == THREADS
    with company_scope(side.company):
        found = Invoice.objects.get(pk=invoice.pk)
        used = sum(Allocation.objects.filter(invoice=invoice).values_list("amount", flat=True))
        assert found.paid_total == used <= found.total
        assert all(payment.left >= 0 for payment in Payment.objects.with_left())
        charges = Payment.objects.exclude(provider_charge="").values_list("provider_charge", flat=True)
        assert len(charges) == len(set(charges)) == 4
        serials = sorted(Payment.objects.values_list("serial", flat=True))
        assert serials == list(range(1, len(serials) + 1))


@pytest.mark.row("F11")
def test_two_browsers_that_press_pay_twenty_times_begin_one_payment(
    committed: CommittedWorld,  # noqa: F811
) -> None:
    side, world = committed.world.home, committed.world
    provider_row = account(side.company)
    with company_scope(side.company):
        claims = [Claim("Work", Decimal(100))]
        today = billing_day(side.company)
        invoice = issue_invoice(
            draft_invoice(side.customers["alice"], by=None, claims=claims, due_on=today), by=None
        )
    with transaction.atomic():
        browsers = [Browser().sign_in(world.alice, side.company) for _each in range(2)]
    gate, ends = threading.Barrier(PRESSES), Counter[str]()

    def press(number: int) -> None:
        # A client is of one thread: each has its own, with the cookies of one of the two browsers.
        mine = Browser()
        mine.cookies = browsers[number % 2].cookies
        connection.ensure_connection()
        gate.wait()
        try:
            answer = mine.post(my(side, "pay/"), form(provider_row, invoice))
            ends[f"{answer.status_code} {answer.get('Location', '')}"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(PRESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(ends.values()) == PRESSES
    assert len(ends) == 1, ends
    ((end, _many),) = ends.items()
    assert end.startswith("303 ")
    assert "/sandbox/" in end
    with company_scope(side.company):
        assert PaymentAttempt.objects.count() == SandboxSession.objects.count() == 1
        assert not Payment.objects.exists()


def test_events_of_providers_are_worked_off_before_the_mails_that_wait(committed: CommittedWorld) -> None:  # noqa: F811
    company = committed.world.home.company
    for _each in range(2):
        deliver.enqueue(str(uuid4()), company.pk)
    work_off.enqueue(company.pk)
    jobs = django_rq.get_queue("mail", job_class=ScopedJob).jobs
    assert [job.func_name for job in jobs] == [
        work_off.module_path,
        deliver.module_path,
        deliver.module_path,
    ]
