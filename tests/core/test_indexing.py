"""Wagtail looks through what can use a picture, a file or a page, and leaves the rows of the registers alone."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import ReferenceIndex

from cms.home.models import HomePage
from portal_modules.billing.models import Invoice
from portal_modules.conversations.models import Thread
from portal_modules.customers.models import Customer, StaffProfile
from portal_modules.payments.models import Payment


@pytest.mark.parametrize("model", [HomePage, StaffProfile])
def test_what_has_pictures_is_looked_through(model: Any) -> None:
    assert ReferenceIndex.is_indexed(model)


@pytest.mark.parametrize("model", [Customer, Invoice, Payment, Thread])
def test_a_row_of_a_register_costs_no_job(model: Any) -> None:
    assert model not in ReferenceIndex.tracked_models
