"""What the database keeps of the sums of invoices is what the invoices come to, whatever happens to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from portal_modules.billing.actions import billing_day, cancel_invoice, credit_invoice, settle
from portal_modules.billing.housework import fold_tallies
from portal_modules.billing.models import Invoice, Tally
from portal_modules.billing.summing import Sums, all_sums, by_key, sums_of
from portal_modules.core.access import Access, ActorKind, Level, MembershipGrant
from portal_modules.core.scope import PORTAL, VISITOR, company_scope
from tests.billing.billed import drafted, issued, overdue
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db


def looking(side: CompanyWorld, who: str) -> Access:
    grant = MembershipGrant(side.customers[who].pk, frozenset({"owner"}))
    return Access(company=side.company, actor=ActorKind.CONTACT, memberships=(grant,), level=Level.PASSWORD)


def in_order(sums: list[Sums]) -> list[Sums]:
    return list(by_key(sums, lambda each: (each.currency, each.tax_id, each.month)).values())


def kept(side: CompanyWorld, who: str, on: date) -> list[Sums]:
    with company_scope(side.company):
        return in_order(all_sums(looking(side, who), on))


def reckoned(side: CompanyWorld, who: str, on: date) -> list[Sums]:
    with company_scope(side.company):
        return in_order(sums_of(Invoice.objects.visible_to(looking(side, who)), on))


def test_every_verb_leaves_sums_that_are_those_of_the_invoices(world: World) -> None:
    side = world.home
    with company_scope(side.company):
        today = billing_day(side.company)

    def holds() -> None:
        for who in ("alice", "charlie"):
            for day in (today, today + timedelta(days=90)):
                assert kept(side, who, day) == reckoned(side, who, day)

    drafted(side, amount="1000")
    assert kept(side, "alice", today) == []
    pending, late = issued(side, amount="100.10"), overdue(side, amount="40.02", days=45)
    issued(side, "charlie", amount="7")
    holds()
    with company_scope(side.company):
        settle(late, paid=Decimal("10.01"))
    holds()
    found = [(each.billed, each.open, each.overdue_count) for each in kept(side, "alice", today)]
    assert (Decimal("40.02"), Decimal("30.01"), 1) in found
    with company_scope(side.company):
        settle(late, paid=Decimal("30.01"))
        credit_invoice(pending, by=None, amount=Decimal("0.10"), reason="x")
        cancel_invoice(issued(side, amount="55"), by=None, reason="Twice")
    holds()
    with company_scope(side.company):
        before = Tally.objects.count()
        fold_tallies()
        assert Tally.objects.count() < before
    holds()
    with company_scope(side.company):
        folded = Tally.objects.count()
        fold_tallies()
        assert Tally.objects.count() == folded


def test_nobody_writes_them_by_hand(world: World) -> None:
    issued(world.home)
    figures = dict.fromkeys(("listed", "claimed", "open_count", "billed", "open"), 1)
    facts = {"currency": "EUR", "month": date(2026, 1, 1), **figures}
    writing: list[Callable[[], object]] = [
        lambda: Tally.objects.update(billed=0),
        lambda: Tally.objects.all().delete(),
        lambda: Tally.objects.create(customer=world.home.customers["alice"], **facts),
    ]
    for write in writing:
        with (
            company_scope(world.home.company),
            pytest.raises(DatabaseError, match="permission"),
            transaction.atomic(),
        ):
            write()
    with company_scope(world.home.company):
        assert Tally.objects.get().billed == 100


def test_the_walls_keep_them_apart(world: World) -> None:
    issued(world.home)
    home = world.home
    for role, customers, seen in (
        (PORTAL, [home.customers["alice"].pk], 1),
        (PORTAL, [home.customers["charlie"].pk], 0),
    ):
        with company_scope(home.company, role=role, customers=customers):
            assert Tally.objects.count() == seen
    with company_scope(world.other.company):
        assert Tally.objects.count() == 0
    with (
        company_scope(home.company, role=VISITOR),
        pytest.raises(DatabaseError, match="permission"),
        transaction.atomic(),
    ):
        Tally.objects.count()


def test_putting_together_is_of_one_company(world: World) -> None:
    for side, who in ((world.home, "alice"), (world.other, "dora")):
        issued(side, who)
        issued(side, who)
    with company_scope(world.home.company):
        fold_tallies()
        assert Tally.objects.count() == 1
    with company_scope(world.other.company):
        assert Tally.objects.count() == 2
