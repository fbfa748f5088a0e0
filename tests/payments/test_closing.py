"""A month that is closed, and somebody who writes in it at the same moment: one of them waits for the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from time import sleep
from typing import Any

from django.db import connection

from portal_modules.billing.actions import billing_day, close_month
from portal_modules.billing.exceptions import MonthIsClosed
from portal_modules.billing.models import ClosedMonth
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions import record_payment
from portal_modules.payments.models import Payment
from tests.template import administrator
from tests.world.committed import CommittedWorld, committed
from tests.world.companies import CompanyWorld

__all__ = ["committed"]


class Another:
    """Somebody with a connection of their own, who does one thing."""

    def __init__(self, side: CompanyWorld, act: Callable[[], Any]) -> None:
        self.side, self.act = side, act
        self.error: Exception | None = None
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            with company_scope(self.side.company):
                self.act()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def waits(self) -> bool:
        """Does it wait for a lock? False when it is over without."""
        while self.thread.is_alive():
            with administrator(connection.settings_dict["NAME"]) as admin:
                found = admin.execute(
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' "
                    "and wait_event = 'advisory' and datname = current_database()"
                ).fetchone()
            if found and found[0]:
                return True
            sleep(0.01)
        return False


def last_month(side: CompanyWorld) -> date:
    return billing_day(side.company).replace(day=1) - timedelta(days=1)


def pay(side: CompanyWorld) -> None:
    record_payment(
        side.customers["alice"],
        by=None,
        amount=Decimal(5),
        currency="EUR",
        method="cash",
        on=last_month(side),
    )


def test_a_month_is_closed_when_whoever_writes_in_it_is_done(committed: CommittedWorld) -> None:  # noqa: F811
    side = committed.world.home
    with company_scope(side.company):
        pay(side)
        closing = Another(side, lambda: close_month(side.company, last_month(side), by=None))
        assert closing.waits()
    closing.thread.join()
    assert closing.error is None
    with company_scope(side.company):
        assert Payment.objects.count() == ClosedMonth.objects.count() == 1


def test_whoever_writes_in_a_month_that_is_being_closed_is_refused(committed: CommittedWorld) -> None:  # noqa: F811
    side = committed.world.home
    with company_scope(side.company):
        close_month(side.company, last_month(side), by=None)
        writing = Another(side, lambda: pay(side))
        assert writing.waits()
    writing.thread.join()
    assert isinstance(writing.error, MonthIsClosed)
    with company_scope(side.company):
        assert not Payment.objects.exists()
