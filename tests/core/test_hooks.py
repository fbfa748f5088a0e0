"""What programs of others send takes the short way: kept, or refused, and nothing that is for people is asked."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal_modules.core.hooks import BARE
from portal_modules.core.scope import company_scope
from portal_modules.payments.models import ProviderEvent
from tests.payments.online import account, stripe_event, told
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def test_an_event_costs_few_statements(world: World) -> None:
    account(world.home.company, "stripe")
    told(world.home.company, stripe_event("payment_intent.created", {"id": "pi_1"}))
    with CaptureQueriesContext(connection) as asked:
        answer = told(world.home.company, stripe_event("payment_intent.created", {"id": "pi_2"}))
    assert answer.status_code == 200
    # Begin, a scope without a company, the company, its scope, its accounts, the event, the end.
    assert len(asked) <= 8
    assert not [each for each in asked if "session" in each["sql"] and "pghistory" not in each["sql"]]
    with company_scope(world.home.company):
        assert ProviderEvent.objects.count() == 2


def test_an_answer_for_a_program_is_kept_nowhere_and_sets_nothing(world: World) -> None:
    account(world.home.company, "stripe")
    client = Client(enforce_csrf_checks=True)
    here = f"/hooks/stripe/{world.home.company.uuid}/"
    answers = {
        400: client.post(here, data=b"{}", content_type="application/json"),
        404: client.post(f"/hooks/stripe/{uuid4()}/", data=b"{}", content_type="application/json"),
        405: client.get(here),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert not answer.cookies
    assert client.get("/hooks/nobody/").status_code == 404


def test_there_is_no_hook_below_a_company(world: World) -> None:
    company = world.home.company
    assert Client().post(f"/p/{company.alias}/hooks/stripe/{company.uuid}/").status_code == 404


def test_a_stranger_host_is_refused_before(world: World) -> None:
    here = f"/hooks/stripe/{world.home.company.uuid}/"
    assert Client().post(here, headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.urls("tests.core.broken_hooks")
@pytest.mark.parametrize(("path", "status"), [("breaks", 500), ("refuses", 400)])
def test_what_breaks_is_answered_as_plainly_and_logged(
    caplog: pytest.LogCaptureFixture, path: str, status: int
) -> None:
    answer = Client(raise_request_exception=False).post(
        f"/hooks/{path}/", data=b"{}", content_type="text/plain"
    )
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not answer.content
    assert {name: answer.headers[name] for name in BARE} == BARE
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert f"/hooks/{path}/" in caplog.text
