"""Owners of one customer who decide at the same moment."""

from __future__ import annotations

import threading

from django.db import connection
from django.utils import timezone

from portal_modules.accounts.actions import remove_colleague
from portal_modules.accounts.exceptions import LastOwner, NotTheirOwner
from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Membership
from portal_modules.users.models import User
from tests.world.committed import CommittedWorld, committed

__all__ = ["committed"]


def test_two_owners_who_remove_each_other_leave_one(committed: CommittedWorld) -> None:  # noqa: F811
    """The second waits for the first, and is refused."""
    world = committed.world
    customer = world.home.customers["alice"]
    with company_scope(world.home.company):
        Membership.objects.filter(customer=customer).update(roles=[CustomerRole.OWNER])
        rows = Membership.objects.select_related("customer")
        pairs = [(rows.get(user=world.bob), world.alice), (rows.get(user=world.alice), world.bob)]
    refused: list[Exception] = []
    gate = threading.Barrier(len(pairs))

    def run(member: Membership, by: User) -> None:
        gate.wait()
        try:
            with company_scope(world.home.company):
                remove_colleague(member, by=by)
        except (LastOwner, NotTheirOwner) as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with company_scope(world.home.company):
        members = Membership.objects.filter(customer=customer)
        assert sum(member.is_current(timezone.now()) for member in members) == 1
    assert len(refused) == 1
