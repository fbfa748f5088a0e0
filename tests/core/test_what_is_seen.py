"""Whatever somebody's memberships are: what is listed is what can be opened, is counted, and is found; and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone, translation

from portal_modules.core.access import Access, ActorKind, Level
from portal_modules.core.looking import memberships_of
from portal_modules.core.records import records
from portal_modules.core.scope import PORTAL, company_scope
from portal_modules.core.sections import seen_by
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import BuildingSite, Customer, Membership, MembershipSite
from portal_modules.processes.models import Process
from portal_modules.users.models import User
from tests.modules.rows import record_of
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World, make_user
from tests.world.hanging import hung, is_there

pytestmark = pytest.mark.django_db

CUSTOMERS = 5
# Where a record's list is not above its page, and where its card leads to only some of it.
LISTS = {
    "billing.invoice": "my/billing/",
    "payments.payment": "my/payments/",
    "payments.declaredpayment": "my/payments/",
}
COUNTED = {"billing.invoice": "my/billing/?state=open"}
# Listed beside the payments, on whose card only what has come is counted.
UNCOUNTED = {"payments.declaredpayment"}
HTMX = {"HX-Request": "true"}


@dataclass
class Life:
    """A person, and for each customer that counts now the roles and the sites (none is all of them)."""

    person: User
    counting: dict[int, tuple[set[str], set[int]]]

    def sees(self, row: Any) -> bool:
        """Worked out from the memberships alone."""
        roles, sites = self.counting.get(row.customer_id, (set(), set()))
        wanted = seen_by(row._meta.app_label)
        is_within = not sites or is_there(row, sites)
        return bool(roles) and is_within and (not wanted or bool(roles & wanted))

    def expected(self, record: type[Any]) -> set[str]:
        """Of all rows of the company."""
        return {str(row.pk) for row in record.objects.all() if self.sees(row)}


def a_life(world: World, rng: Random) -> Life:
    """A person with accesses of all sorts."""
    life = Life(make_user(f"seed{rng.random()}@example.com", "Somebody"), {})
    now = timezone.now()
    with company_scope(world.home.company):
        for number in range(CUSTOMERS):
            customer = Customer.objects.create(name=f"Customer {number}", country="PT")
            sites = [BuildingSite.objects.create(customer=customer, name=name) for name in ("A", "B")]
            # Businesses first, because the others are about them.
            for record in sorted(records, key=lambda each: each is not Process):
                for _each in range(rng.randint(0, 2)):
                    hung(record, customer, sites, rng)
            if rng.random() < 0.25:
                continue
            roles = rng.sample(CustomerRole.values, rng.randint(1, 3))
            until = rng.choice([None, None, now + timedelta(hours=1), now - timedelta(hours=1)])
            member = Membership.objects.create(customer=customer, user=life.person, roles=roles, until=until)
            limits = rng.choice([set(), {sites[0].pk}])
            for site in limits:
                MembershipSite.objects.create(membership=member, site_id=site, customer=customer)
            if rng.random() < 0.15:
                Customer.objects.filter(pk=customer.pk).update(archived_at=now)
            elif until is None or until > now:
                life.counting[customer.pk] = (set(roles), limits)
    return life


def ids_on(page: str, place: str) -> set[str]:
    return set(re.findall(rf"{re.escape(place)}([0-9a-f-]{{36}})/", page))


def counter_of(cards: str, place: str) -> int:
    """The number on the card that leads to a list; 0 where there is no card."""
    for card in cards.split("<article")[1:]:
        if f'href="{place}"' in card:
            found = re.search(r'card__count">(\d+)<', card)
            return int(found[1]) if found else 0
    return 0


@pytest.mark.row("A39")
@pytest.mark.parametrize("seed", range(8))
def test_listed_is_opened_is_counted_is_found(world: World, seed: int) -> None:
    rng = Random(seed)
    life = a_life(world, rng)
    browser = Browser().sign_in(life.person, world.home.company)
    for record in records:
        with company_scope(world.home.company), translation.override("en"):
            wanted = life.expected(record)
            every = {str(row.pk): row.record_url() for row in record.objects.all()}
            some = record_of(record, world.home.customers["alice"])
            place = f"/p/castro-lima{some.record_url().rpartition(str(some.pk))[0]}"
        kind = record.record_type()
        whole = at(LISTS[kind]) if kind in LISTS else place
        answer = browser.get(whole)
        assert answer.status_code in {200, 302, 404}
        listed = ids_on(text_of(answer), place)
        assert listed == wanted, f"{record.record_type()}: listed"
        opened = {pk for pk in every if browser.get(f"{place}{pk}/").status_code == 200}
        assert opened == wanted, f"{record.record_type()}: opened"
        if kind not in UNCOUNTED:
            cards = text_of(browser.get(at("my/cards/"), headers=HTMX))
            part = at(COUNTED[kind]) if kind in COUNTED else whole
            shown = ids_on(text_of(browser.get(part)), place)
            assert counter_of(cards, part) == len(shown), f"{kind}: counted"
        with company_scope(world.home.company):
            held = memberships_of(life.person.pk, world.home.company)
        access = Access(
            company=world.home.company, actor=ActorKind.CONTACT, memberships=held, level=Level.PASSWORD
        )
        with (
            company_scope(world.home.company, role=PORTAL, customers=access.customer_ids),
            transaction.atomic(),
        ):
            known = {
                str(pk)
                for pk in records.visible_to(record.record_type(), access).values_list("pk", flat=True)
            }
        assert known == wanted, f"{record.record_type()}: in the registry"
    with company_scope(world.home.company):
        processes = list(Process.objects.all())
        wanted = life.expected(Process)
    place = at("my/processes/")
    found = {
        str(process.pk)
        for process in processes
        if str(process.pk) in ids_on(text_of(browser.get(f"{place}?q={process.number_shown}")), place)
    }
    assert found == wanted, "searched"
