"""Naming the customer of a draft: by what people know of one, where a list of all would be too long."""

from __future__ import annotations

import pytest

from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from tests.billing.billed import count
from tests.billing.test_office import NEW, draft_data
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def test_a_customer_is_named_by_tax_id_or_own_number_or_a_part_of_the_name(world: World) -> None:
    alice, charlie = (world.home.customers[name] for name in ("alice", "charlie"))
    with company_scope(world.home.company):
        Customer.objects.filter(pk=alice.pk).update(tax_id="501964843", country="PT")
        Customer.objects.filter(pk=charlie.pk).update(reference="K-77")
    manager = Browser().sign_in(world.home.manager)
    page = manager.get(NEW, {"customer": str(alice.pk)}).content.decode()
    assert alice.name in page
    written = (
        ("501 964 843", alice),
        (f"{alice.name} · 501964843", alice),
        ("K-77", charlie),
        ("charl", charlie),
    )
    for text, customer in written:
        assert manager.post(NEW, draft_data(world, customer=text)).status_code == 302, text
        with company_scope(world.home.company):
            assert Invoice.objects.latest("created_at").customer_id == customer.pk, text
    before = count(world.home)
    for text, words in (
        ("CASTRO-OWN", "Several customers fit"),
        ("a", "No customer fits"),
        ("K-7", "No customer fits"),
    ):
        answer = manager.post(NEW, draft_data(world, customer=text))
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert count(world.home) == before
