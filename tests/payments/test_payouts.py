"""What lies at providers and what they sent: read there, shown, and never moved from here."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, get_args, get_type_hints

import pytest
from django.utils import translation
from stripe.params import _balance_settings_update_params as params

from portal_modules.core.languages import in_this_language
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions.payouts import NOT_THROUGH_US, REFUSED, note_payouts, note_plan
from portal_modules.payments.choices import PayoutInterval, ProviderKind
from portal_modules.payments.models import PaymentProvider, PayoutPlan, ProviderBalance, ProviderPayout
from portal_modules.payments.payout_tasks import change_interval, read_payouts
from portal_modules.payments.providers.base import Balance, Payout
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 12, 12, tzinfo=UTC)
PAGE = "/admin/payments/balances/"


def provider(side: CompanyWorld, kind: str = ProviderKind.SANDBOX) -> PaymentProvider:
    with company_scope(side.company):
        found: PaymentProvider = PaymentProvider.objects.create(kind=kind, label="Our provider", is_on=True)
    return found


def payout(state: str = "in_transit", amount: str = "90.00") -> Payout:
    return Payout("po_1", Decimal(amount), "EUR", state, AT, "")


@pytest.mark.row("F07")
@pytest.mark.row("F08")
def test_balances_and_payouts_are_shown_as_the_provider_says(world: World) -> None:
    side = world.home
    row = provider(side)
    with company_scope(side.company):
        note_payouts(row, [Balance("EUR", Decimal("120.50"), Decimal(7))], [payout()], at=AT)
        note_payouts(row, [Balance("EUR", Decimal("30.50"), Decimal(7))], [payout("paid")], at=AT)
        note_plan(row, at=AT, interval="daily", why_not=NOT_THROUGH_US)
        assert ProviderPayout.objects.get().state == "paid"
        assert ProviderBalance.objects.get().available == Decimal("30.50")
    manager = Browser().sign_in(side.manager)
    shown = manager.get(PAGE).content.decode()
    assert "30.50" in shown
    assert "Every day" in shown
    assert "own page" in shown
    register = manager.get("/admin/payments/providerpayout/").content.decode()
    assert "po_1" in register
    assert "€90.00" in register


def test_a_currency_that_is_gone_is_no_balance_any_more_and_strange_states_are_kept(world: World) -> None:
    row = provider(world.home)
    with company_scope(world.home.company):
        note_payouts(row, [Balance("EUR", Decimal(1), Decimal(0))], [payout("something new")], at=AT)
        note_payouts(row, [], [], at=AT)
        assert not ProviderBalance.objects.exists()
        assert ProviderPayout.objects.get().state == "pending"


def test_a_provider_is_asked_by_the_task_and_its_refusal_is_said_in_words(world: World) -> None:
    side = world.home
    row = provider(side)
    read_payouts(side.company, AT)
    with company_scope(side.company):
        plan = PayoutPlan.objects.get()
        assert (plan.provider_id, plan.can_change, plan.fault) == (row.pk, False, "")
        with translation.override("en"):
            assert in_this_language(plan.why_not, "en") == str(NOT_THROUGH_US)
    change_interval.call(side.company.pk, str(row.pk), "weekly")
    with company_scope(side.company):
        assert not PayoutPlan.objects.get().interval


def test_what_was_refused_once_is_not_offered_and_a_fault_keeps_what_was_known(world: World) -> None:
    side = world.home
    row = provider(side)
    with company_scope(side.company):
        note_plan(row, at=AT, interval="daily")
        note_plan(row, at=AT, fault="no answer")
        plan = PayoutPlan.objects.get()
        assert (plan.interval, plan.can_change, plan.fault) == ("daily", True, "no answer")
        note_plan(row, at=AT, interval="daily", why_not=REFUSED)
    manager = Browser().sign_in(side.manager)
    answer = manager.post(f"{PAGE}{row.pk}/", {"interval": "weekly"}, follow=True)
    assert "no way to change it" in answer.content.decode()


def test_who_may_only_look_changes_nothing_and_others_see_nothing(world: World) -> None:
    side = world.home
    row = provider(side)
    with company_scope(side.company):
        note_plan(row, at=AT, interval="daily")
    reader = Browser().sign_in(side.reader)
    page = reader.get(PAGE)
    assert page.status_code == 200
    assert "Change how often" not in page.content.decode()
    assert reader.post(f"{PAGE}{row.pk}/", {"interval": "weekly"}).status_code in {302, 403}
    other = Browser().sign_in(world.other.manager)
    assert "Our provider" not in other.get(PAGE).content.decode()
    assert other.post(f"{PAGE}{row.pk}/", {"interval": "weekly"}).status_code == 404
    with company_scope(side.company):
        assert PayoutPlan.objects.get().interval == "daily"


def test_the_words_that_stripe_is_sent_are_those_of_its_library() -> None:
    hints = get_type_hints(params.BalanceSettingsUpdateParamsPaymentsPayoutsSchedule, include_extras=True)
    assert {"interval", "weekly_payout_days", "monthly_payout_days"} <= hints.keys()
    assert set(PayoutInterval.values) <= _literals(hints["interval"])
    assert "monday" in _literals(hints["weekly_payout_days"])


def _literals(hint: Any) -> set[str]:
    found = {each for each in get_args(hint) if isinstance(each, str)}
    return found.union(*(_literals(each) for each in get_args(hint) if not isinstance(each, str)))
