"""The statement tells what was paid on its own day, once, and ends with what is owed less what is left."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from portal_modules.billing.actions import billing_day, give_credit
from portal_modules.billing.movements import Wanted, statement_of
from portal_modules.core.access import Access, ActorKind, Level, MembershipGrant
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions import refund_payment, use_credit
from tests.billing.billed import issued
from tests.payments.paid import pay
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def test_payments_credits_and_refunds_are_counted_once(world: World) -> None:
    side = world.home
    with company_scope(side.company):
        today = billing_day(side.company)
    invoice = issued(side, on=today - timedelta(days=9), due_on=today)
    payment = pay(side, "70.00", invoice, on=today - timedelta(days=5))
    pay(side, "20.00", on=today - timedelta(days=4))
    access = Access(
        company=side.company,
        actor=ActorKind.CONTACT,
        memberships=(MembershipGrant(side.customers["alice"].pk, frozenset({"owner"})),),
        level=Level.PASSWORD,
    )
    with company_scope(side.company):
        give_credit(side.customers["alice"], by=None, amount=Decimal(5), currency="EUR", reason="x")
        use_credit(invoice, by=None, amount=Decimal(25))
        refund_payment(payment, by=None, amount=Decimal(30), reason="x")
        whole = statement_of(Wanted(access, "EUR"))
        # 100 claimed, 70 and 20 paid, 5 credited, 30 gone back.
        assert whole.after == Decimal(35)
        assert [int(each.claimed - each.settled) for each in whole.movements] == [100, -70, -20, -5, 30]
        later = statement_of(Wanted(access, "EUR", since=today - timedelta(days=4)))
        assert (later.before, later.after) == (Decimal(30), Decimal(35))
