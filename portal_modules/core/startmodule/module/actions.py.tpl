"""Verbs of ${plural}. The company's staff scope has to be in force.

Each locks what it changes and returns it as it is afterwards; a refusal leaves everything as it was.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.core.models import Company
from portal_modules.core.sequences import next_number
from portal_modules.customers.models import Customer

from . import exceptions
from .choices import TRANSITIONS, ${Record}State
from .events import OPENED, STATE_CHANGED
from .models import ${Record}


@transaction.atomic
def open_${record}(customer: Customer, *, by: Any | None, title: str, opened_on: date) -> ${Record}:
    """Open one for a customer, under the company's next number."""
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    if customer.archived_at:
        raise exceptions.CustomerArchived
    if opened_on > _today(customer.company):
        raise exceptions.DateInTheFuture
    ${record}: ${Record} = ${Record}.objects.create(
        company_id=customer.company_id,
        customer=customer,
        number=next_number(customer.company, "${name}.${record}"),
        title=title,
        opened_on=opened_on,
    )
    log("${name}.open", ${record}, by=by, number=${record}.number)
    events.announce(OPENED, **_ids(${record}))
    return ${record}


def close_${record}(${record}: ${Record}, *, by: Any | None) -> ${Record}:
    """The work is done."""
    return _change_state(${record}, ${Record}State.CLOSED, "${name}.close", by=by)


def reopen_${record}(${record}: ${Record}, *, by: Any | None) -> ${Record}:
    """Go on where it stopped."""
    return _change_state(${record}, ${Record}State.OPEN, "${name}.reopen", by=by)


@transaction.atomic
def _change_state(${record}: ${Record}, state: ${Record}State, action: str, *, by: Any | None) -> ${Record}:
    locked: ${Record} = ${Record}.objects.select_for_update(no_key=True).get(pk=${record}.pk)
    before = ${Record}State(locked.state)
    if state not in TRANSITIONS[before]:
        raise exceptions.StateNotAllowed
    locked.state = state
    locked.closed_on = _today(locked.company) if state == ${Record}State.CLOSED else None
    locked.save(update_fields=["state", "closed_on"])
    log(action, locked, by=by, before=str(before), after=str(state))
    events.announce(STATE_CHANGED, **_ids(locked))
    return locked


def _ids(${record}: ${Record}) -> dict[str, Any]:
    return {
        "company_id": ${record}.company_id,
        "customer_id": ${record}.customer_id,
        "${record}_id": ${record}.pk,
    }


def _today(company: Company) -> date:
    return timezone.localdate(timezone=company.zone)
