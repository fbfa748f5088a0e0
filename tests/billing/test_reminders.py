"""Reminders: in steps, once each, in the company's words, and paused where somebody has a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from portal_modules.billing.actions import (
    credit_invoice,
    dispute_invoice,
    give_to_agency,
    may_remind,
    promise_payment,
    remind,
)
from portal_modules.billing.choices import Pause, ReminderState
from portal_modules.billing.models import Invoice, Reminder, ReminderStep
from portal_modules.billing.papers.bank_days import is_bank_day
from portal_modules.billing.reminder_emails import with_gaps
from portal_modules.billing.tasks import remind_all, remind_everywhere
from portal_modules.core.demo import by_language
from portal_modules.core.models import Company, CompanySetting
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from portal_modules.notifications import delivery
from portal_modules.notifications.models import OutboxMessage
from tests.world.companies import World

from .billed import issued

pytestmark = pytest.mark.django_db

# A Monday without a holiday anywhere near, and what is due on it.
DUE = date(2026, 9, 14)
ISSUED = date(2026, 8, 3)


def at(day: date, hour: int = 12) -> datetime:
    """An hour of a day, in Lisbon's summer."""
    return datetime(day.year, day.month, day.day, hour - 1, tzinfo=UTC)


def steps(*days: int) -> None:
    """Steps with the same words."""
    for each in days:
        ReminderStep.objects.create(
            days=each,
            **by_language(
                "subject", ("Fatura {number}", "Factura {number}", f"Invoice {{number}}, step {each}")
            ),
            **by_language(
                "body", ("{link}", "{link}", "Dear {customer_name},\n\n{amount} due {due}: {link} {oops}")
            ),
        )


def owed(world: World, **more: Any) -> Invoice:
    """An invoice that is due on the Monday."""
    return issued(world.home, on=ISSUED, due_on=DUE, **more)


@pytest.mark.row("E14")
@pytest.mark.row("O05")
def test_each_step_reminds_once_with_the_direct_link(world: World) -> None:
    company = world.home.company
    invoice = owed(world)
    with company_scope(company):
        Contact.objects.filter(email="alice@example.com").update(language="en")
        OutboxMessage.objects.all().delete()
        steps(-3, 3)
        assert remind(company, at=at(DUE - timedelta(days=5))) == []
        before = remind(company, at=at(DUE - timedelta(days=3)))
        assert [each.state for each in before] == [ReminderState.SENT]
        assert remind(company, at=at(DUE - timedelta(days=3), 15)) == []
        assert remind(company, at=at(DUE)) == []
        assert len(remind(company, at=at(DUE + timedelta(days=3)))) == 1
        assert Reminder.objects.count() == 2
        waiting = list(OutboxMessage.objects.filter(event="billing.reminded").values_list("pk", flat=True))
    assert waiting
    for message in waiting:
        delivery.attempt(message, company)
    letters = [each for each in mail.outbox if "alice@example.com" in each.recipients()[0]]
    assert {letter.subject for letter in letters} >= {"Invoice 000001, step -3", "Invoice 000001, step 3"}
    body = str(letters[0].body)
    assert "/i/" in body
    assert world.home.customers["alice"].name in body
    assert "€100.00" in body
    assert "{oops}" in body
    assert invoice.number in body


@pytest.mark.parametrize("pause", [Pause.AGENCY, Pause.DISPUTE, Pause.PROMISE])
def test_what_is_paused_is_written_down_and_not_sent(world: World, pause: Pause) -> None:
    company = world.home.company
    invoice = owed(world)
    with company_scope(company):
        steps(3)
        OutboxMessage.objects.all().delete()
        if pause == Pause.AGENCY:
            give_to_agency(invoice, by=None)
        elif pause == Pause.DISPUTE:
            dispute_invoice(invoice, by=None, reason="Wrong hours")
        else:
            promise_payment(invoice, by=None, on=date(2030, 1, 1))
        found = remind(company, at=at(DUE + timedelta(days=3)))
        assert [(each.state, each.pause) for each in found] == [(ReminderState.PAUSED, pause)]
        assert not OutboxMessage.objects.exists()


def test_what_was_paid_meanwhile_is_not_reminded_of(world: World) -> None:
    company = world.home.company
    invoice = owed(world)
    with company_scope(company):
        steps(3)
        remind(company, at=at(DUE + timedelta(days=3)))
        message = OutboxMessage.objects.filter(event="billing.reminded").first()
        assert message is not None
        credit_invoice(invoice, by=None, amount=invoice.total, reason="Paid in another way")
    before = len(mail.outbox)
    delivery.attempt(message.pk, company)
    assert len(mail.outbox) == before


def test_nobody_is_reminded_at_night_or_on_a_day_of_rest(world: World) -> None:
    company = world.home.company
    saturday = date(2026, 9, 19)
    assert not may_remind(company, at(saturday))
    assert not may_remind(company, at(DUE, 7))
    assert not may_remind(company, at(DUE, 20))
    assert may_remind(company, at(DUE, 8))
    owed(world)
    with company_scope(company):
        steps(5)  # the Saturday
        assert remind(company, at=at(saturday)) == []
        monday = saturday + timedelta(days=2)
        assert is_bank_day(monday, company.country)
        assert len(remind(company, at=at(monday))) == 1


def test_in_chile_a_debt_is_spoken_of_once_a_week(world: World) -> None:
    company = world.home.company
    owed(world)
    owed(world)
    with company_scope(company):
        Company.objects.filter(pk=company.pk).update(country="CL")
        company.refresh_from_db()
        steps(3)
        found = remind(company, at=at(DUE + timedelta(days=3)))
        assert sorted(each.pause for each in found) == ["", Pause.LAW]


def test_after_a_standstill_only_the_latest_step_is_sent(world: World) -> None:
    company = world.home.company
    owed(world)
    with company_scope(company):
        steps(1, 2, 3)
        found = remind(company, at=at(DUE + timedelta(days=3)))
        assert [each.step.days for each in found] == [3]


def test_the_job_of_all_companies_skips_those_without_the_module(world: World) -> None:
    owed(world)
    remind_all.call()
    with company_scope(world.home.company):
        assert not Reminder.objects.exists(), "there are no steps"


def test_gaps_are_filled_and_nothing_else_is_understood() -> None:
    said = with_gaps("{number} {number.x} {{link}} %(a)s {unknown}", {"number": "7", "link": "x"})
    assert said == "7 {number.x} {x} %(a)s {unknown}"


def test_a_company_that_does_not_remind_sends_nothing(world: World) -> None:
    company = world.home.company
    owed(world)
    with company_scope(company):
        steps(3)
        setting = CompanySetting.objects.create(name="function:billing.reminders", value=False)
    remind_everywhere(at(DUE + timedelta(days=3)))
    with company_scope(company):
        assert not Reminder.objects.exists()
        setting.delete()
    remind_everywhere(at(DUE + timedelta(days=3)))
    with company_scope(company):
        assert Reminder.objects.count() == 1
