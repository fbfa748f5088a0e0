"""A module that a company switches off is nowhere there: asked of all modules of the registry."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from portal_modules.conversations.actions import write_message
from portal_modules.core import companies
from portal_modules.core.access import ActorKind
from portal_modules.core.actions import switch_module
from portal_modules.core.beside import staff_parts
from portal_modules.core.bridges import modules_behind
from portal_modules.core.events import EventRegistry
from portal_modules.core.modules import PortalModule, modules
from portal_modules.core.records import records
from portal_modules.core.scope import company_scope
from portal_modules.documents.actions import ask_for_document, store_file
from portal_modules.documents.models import Document
from portal_modules.feedback.actions import keep_opinion
from portal_modules.notifications.actions import tell
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.delivery import attempt
from portal_modules.notifications.models import OutboxMessage
from tests.modules.rows import record_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

OPTIONAL = [module.label for module in modules if module.optional]
WITH_RECORDS = sorted({record._meta.app_label for record in records} & set(OPTIONAL))
P = "/p/castro-lima/en/"


@pytest.fixture(autouse=True)
def _no_kept_cards() -> Iterator[None]:
    """A card is kept by the company's version, which a rollback counts back."""
    companies._cards.clear()
    yield
    companies._cards.clear()


def switch(world: World, label: str, *, on: bool) -> None:
    with company_scope(world.home.company):
        switch_module(world.home.company, label, on=on, by=None, with_dependants=True)


def record_with_everything(label: str, world: World) -> tuple[Any, UUID]:
    """A record of alice's with a message, a file and a document asked for, all marked."""
    record = next(each for each in records if each._meta.app_label == label)
    with company_scope(world.home.company):
        row = record_of(record, world.home.customers["alice"])
        who = {"by": None, "actor": ActorKind.STAFF, "author_name": "Office"}
        write_message(row, body="OFF-MARK said", files=[], **who)
        kept = store_file(row, ContentFile(b"OFF-MARK in a file", name="off-mark.txt"), **who)
        ask_for_document(
            row.customer,
            title={"en": "OFF-MARK wanted"},
            reason={},
            due_on=None,
            record=row,
            by=None,
        )
    return row, kept.pk


@pytest.mark.row("U04")
@pytest.mark.parametrize("label", WITH_RECORDS)
def test_what_hangs_from_its_records_is_gone_with_it_and_comes_back(label: str, world: World) -> None:
    row, file = record_with_everything(label, world)
    alice = Browser().sign_in(world.alice, world.home.company)
    clerk = Browser().sign_in(world.home.clerk)
    pages = [f"{P}my/", f"{P}my/documents/", f"{P}my/conversations/", f"{P}my/notifications/"]
    registers = ["/admin/documents/documentrequest/", "/admin/conversations/thread/"]

    def shown() -> dict[str, bool]:
        seen = {path: "OFF-MARK" in alice.get(path).content.decode() for path in pages}
        return seen | {path: "OFF-MARK" in clerk.get(path).content.decode() for path in registers}

    before = shown()
    assert before[f"{P}my/documents/"]
    assert before["/admin/documents/documentrequest/"]
    assert before["/admin/conversations/thread/"]
    assert alice.get(f"/p/castro-lima/files/{file}/").status_code == 200
    assert clerk.get(f"/admin/files/{file}/").status_code == 200
    switch(world, label, on=False)
    assert not [path for path, seen in shown().items() if seen]
    assert alice.get(f"/p/castro-lima/files/{file}/").status_code == 404
    assert clerk.get(f"/admin/files/{file}/").status_code == 404
    switch(world, label, on=True)
    assert shown() == before
    with company_scope(world.home.company):
        assert type(row).objects.filter(pk=row.pk).exists()
        assert Document.objects.filter(pk=file).exists()


@pytest.mark.row("U04")
@pytest.mark.parametrize("label", OPTIONAL)
def test_its_help_its_words_and_its_switches_are_gone(label: str, world: World) -> None:
    module = modules.get(label)
    alice = Browser().sign_in(world.alice, world.home.company)
    manager = Browser().sign_in(world.home.manager)
    switch(world, label, on=False)
    index = alice.get(f"{P}help/").content.decode()
    for entry in module.menu:
        assert str(entry.label) not in index
    assert alice.get(f"{P}help/{label}-list/").status_code == 404
    apps = manager.get("/admin/our-company/apps/").content.decode()
    for function in module.functions:
        assert f"parts/{function.name}/" not in apps
    settings = manager.get("/admin/our-company/settings/").content.decode()
    for setting in module.settings:
        assert f'name="{setting.name}"' not in settings
    words = manager.get("/admin/snippets/notifications/messagewords/add/").content.decode()
    preferences = alice.get(f"{P}my/notifications/preferences/").content.decode()
    for notice in module.notices:
        assert f'value="{notice.event}"' not in words
        assert f'name="{notice.event}"' not in preferences


@pytest.mark.row("U04")
@pytest.mark.parametrize(
    "label",
    sorted(
        {notice.event.partition(".")[0] for module in modules for notice in module.notices} & set(OPTIONAL)
    ),
)
def test_a_mail_of_it_that_was_waiting_is_dropped(label: str, world: World) -> None:
    event = modules.get(label).notices[0].event
    home = world.home
    with company_scope(home.company):
        contact = home.customers["alice"].contacts.first()
        payload = {"process_id": home.processes["alice"].pk}
        message = tell(event, company=home.company, language="en", contact=contact, payload=payload)
    switch(world, label, on=False)
    attempt(message.pk, home.company)
    with company_scope(home.company):
        assert OutboxMessage.objects.get(pk=message.pk).state == DeliveryState.DROPPED


# What is kept for some days goes after them, whatever was switched off meanwhile.
RUN_EVERYWHERE = {"portal_modules.billing.tasks.tidy_up"}


@pytest.mark.row("U04")
@pytest.mark.parametrize("label", [each for each in OPTIONAL if modules.get(each).periodic])
def test_its_jobs_skip_the_company(label: str, world: World) -> None:
    for side in (world.home, world.other):
        with company_scope(side.company):
            switch_module(side.company, label, on=False, by=None, with_dependants=True)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for job in modules.get(label).periodic:
            if job.path not in RUN_EVERYWHERE:
                import_string(job.path).func()
    asked = [
        query["sql"] for query in queries if f" {label}_" in query["sql"] or f'"{label}_' in query["sql"]
    ]
    assert asked == []


# For whom, the page, and the page from which a way leads there.
PAGES_OF_FUNCTIONS = {
    "processes.lookup": (None, "lookup/", ""),
    "processes.reviews": ("alice", "my/processes/reviews/new/", "my/"),
    "feedback.box": ("alice", "opinion/", "my/"),
    "accounts.register": (None, "access/register/", ""),
    "billing.notes": ("alice", "my/billing/notes/", "my/billing/"),
    "billing.statement": ("alice", "my/billing/statement/", "my/billing/"),
    "billing.second_copy": ("alice", "my/billing/copies/", "my/billing/"),
    "billing.exports": ("alice", "my/billing/export/csv/", "my/billing/"),
    "payments.declare": ("alice", "my/payments/declare/", "my/payments/"),
    "payments.credit": ("alice", "my/payments/credit/", "my/payments/"),
}
# No pages of lists: `tests/billing` switches them off, one by its link and one by its task.
WITHOUT_A_PAGE = {
    "billing.public_page",
    "billing.reminders",
    "payments.online",
    "payments.receipts",
}
FUNCTIONS = [each for module in modules for each in module.functions if each.name not in WITHOUT_A_PAGE]


@pytest.mark.row("T01")
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.name)
def test_every_function_is_switched_on_its_card_and_gone_from_the_pages(function: Any, world: World) -> None:
    person, page, before = PAGES_OF_FUNCTIONS[function.name]
    browser = Browser().sign_in(world.alice, world.home.company) if person else Browser()
    manager = Browser().sign_in(world.home.manager)
    with company_scope(world.home.company):
        for label in {function.name.partition(".")[0]} & set(WITH_RECORDS):
            record_of(
                next(each for each in records if each._meta.app_label == label), world.home.customers["alice"]
            )
    home = f"{P}{before}"
    address = f"{P}{page}"
    assert browser.get(address).status_code == 200
    assert address in browser.get(home).content.decode()
    manager.post(f"/admin/our-company/parts/{function.name}/", {"on": "no"})
    assert browser.get(address).status_code == 404
    # Whoever still has the form of a number open reads calmly that nothing is found.
    assert browser.post(address).status_code in ({422} if function.name == "processes.lookup" else {404, 405})
    assert address not in browser.get(home).content.decode()
    manager.post(f"/admin/our-company/parts/{function.name}/", {"on": "yes"})
    assert browser.get(address).status_code == 200


def bridges() -> list[tuple[PortalModule, PortalModule]]:
    """Every pair of modules of which the first adds something to the second."""
    return [(module, modules.get(name.rpartition(".")[2])) for module in modules for name in module.bridges()]


def test_there_is_a_bridge_and_it_stands_on_both_cards(world: World) -> None:
    assert (modules.get("feedback"), modules.get("processes")) in bridges()
    page = Browser().sign_in(world.home.manager).get("/admin/our-company/apps/").content.decode()
    assert "Works together with" in page


@pytest.mark.row("U02")
@pytest.mark.parametrize("ends", bridges(), ids=lambda ends: f"{ends[0].label}-{ends[1].label}")
def test_a_bridge_hears_only_where_both_ends_are_on(
    ends: tuple[PortalModule, PortalModule], world: World
) -> None:
    heard = []

    def receiver(company_id: int) -> None:
        heard.append(company_id)

    receiver.__module__ = f"{ends[0].name}.{ends[1].label}"
    assert modules_behind(receiver.__module__) == {end.label for end in ends}
    events = EventRegistry()
    events.declare("customers.tested", "company_id")
    events.receive("customers.tested")(receiver)

    def announce() -> int:
        heard.clear()
        with company_scope(world.home.company):
            events.announce("customers.tested", company_id=world.home.company.pk)
        return len(heard)

    assert announce() == 1
    for end in ends:
        if end.optional:
            switch(world, end.label, on=False)
            assert announce() == 0
            for each in ends:
                if each.optional:
                    switch(world, each.label, on=True)
            assert announce() == 1


@pytest.mark.row("U02")
def test_what_customers_said_stands_beside_a_process_while_both_are_on(world: World) -> None:
    home = world.home
    with company_scope(home.company):
        keep_opinion(mark=2, text="BRIDGED", email="", page="/", language="en", user_id=world.alice.pk)
    page = f"/admin/processes/process/inspect/{home.processes['alice'].pk}/"
    clerk = Browser().sign_in(home.clerk)
    assert "BRIDGED" in clerk.get(page).content.decode()
    of_charlie = f"/admin/processes/process/inspect/{home.processes['charlie'].pk}/"
    assert "BRIDGED" not in clerk.get(of_charlie).content.decode()
    answer = clerk.get(page)
    switch(world, "feedback", on=False)
    assert "BRIDGED" not in clerk.get(page).content.decode()
    switch(world, "feedback", on=True)
    request = answer.wsgi_request
    without = SimpleNamespace(modules=request.card.modules - {"processes"})
    with company_scope(home.company):
        request.card = without
        assert "BRIDGED" not in staff_parts.render(request, home.processes["alice"])
