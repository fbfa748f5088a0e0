"""What the demo says was paid agrees with what it says was billed."""

from __future__ import annotations

from random import Random

import pytest
from django.db import connection

from portal_modules.billing import demo as billed
from portal_modules.billing.audit import audit
from portal_modules.billing.days import billing_day
from portal_modules.billing.models import Invoice
from portal_modules.core.demo import DemoWorld
from portal_modules.core.scope import company_scope
from portal_modules.payments import demo
from portal_modules.payments.models import DeclaredPayment, Payment, Refund
from tests.world.companies import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("side", ["home", "other"])
def test_the_demo_is_paid_and_agrees(world: World, side: str) -> None:
    company = getattr(world, side).company
    with company_scope(company):
        shown = DemoWorld(today=billing_day(company), staff=(), customers=())
        billed.load(company, shown, Random(7))
        demo.load(company, shown, Random(7))
        connection.check_constraints()
        assert Payment.objects.count() > 5
        assert Refund.objects.count() == 1
        assert DeclaredPayment.objects.waiting().exists()
        assert Invoice.objects.paid().exists()
        assert [(each.name, each.rows) for each in audit(company)] == []
