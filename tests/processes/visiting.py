"""Coming to the counter of castro-lima as a visitor with a number."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.test import Client

from portal_modules.core.numbers import format_lookup_number
from portal_modules.core.scope import company_scope
from portal_modules.processes.models import PhaseEntry, Process
from tests.world.companies import CompanyWorld

CALM = "We find no business with this number."
CHECK = "One character seems wrong."


def at(path: str, language: str = "en", alias: str = "castro-lima") -> str:
    """The address of a page of the lookup."""
    return f"/p/{alias}/{language}/{path}"


def try_number(client: Client, number: str, language: str = "en", **more: str) -> Any:
    """What the form answers."""
    return client.post(at("lookup/", language), {"number": number, **more})


def written(process: Process) -> str:
    """The number as it was mailed."""
    return format_lookup_number(process.lookup_number)


def text_of(response: Any) -> str:
    """What is on the page."""
    return str(response.content.decode())


def without_tokens(response: Any, typed: str) -> str:
    """The page without what differs for everybody: the token of the form, and what they typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response))
    page = re.sub(r'nonce="[^"]+"', "", page)
    return page.replace(typed, "")


def walk(side: CompanyWorld, process: Process, times: int = 1) -> None:
    """Have the process enter its phases, this many times."""
    with company_scope(side.company):
        PhaseEntry.objects.bulk_create(
            PhaseEntry(
                process=process,
                customer_id=process.customer_id,
                company=side.company,
                phase=phase,
                entered_on=day,
            )
            for _time in range(times)
            for phase, day in ((side.phases[0], date(2026, 3, 2)), (side.phases[1], date(2026, 5, 12)))
        )
