"""The portal role's wall: with every `visible_to` taken out of the code, the database alone keeps customers apart.

This is the one place where our own code is patched: what is tested is what happens when it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.core.files.base import ContentFile

from portal_modules.conversations.actions import write_message
from portal_modules.core.access import ActorKind
from portal_modules.core.modules import modules
from portal_modules.core.records import records
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import BuildingSite, Contact, Customer
from portal_modules.documents.actions import ask_for_document, store_file
from portal_modules.processes.actions import publish_notice
from portal_modules.processes.models import Process
from tests.core.matrix import all_lines
from tests.modules.rows import record_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

SECRET = "CHARLIE-SECRET"
OWN = "ALICE-OWN"
HTMX = {"HX-Request": "true"}


def scoped_querysets() -> list[type[Any]]:
    """Every class of ours that says what is visible to whom."""
    found: dict[str, type[Any]] = {}
    for module in modules:
        if find_spec(f"{module.name}.querysets"):
            for name, each in vars(import_module(f"{module.name}.querysets")).items():
                if isinstance(each, type) and "visible_to" in vars(each):
                    found[name] = each
    assert {"CustomerOwnedQuerySet", "CustomerQuerySet"} <= found.keys()
    return [found[name] for name in sorted(found)]


def everything_of(world: World, name: str, mark: str) -> dict[str, list[Any]]:
    """What a customer has with the company, each text marked: identifiers by the module of their pages."""
    home = world.home
    customer = home.customers[name]
    with company_scope(home.company):
        Customer.objects.filter(pk=customer.pk).update(name=mark)
        Contact.objects.filter(customer=customer).update(name=mark)
        Process.objects.filter(customer=customer).update(title=mark)
        BuildingSite.objects.create(customer=customer, name=mark)
        process = Process.objects.get(pk=home.processes[name].pk)
        publish_notice(process, title={"en": mark}, body={"en": mark}, is_marked=False, by=home.clerk)
        write_message(process, body=mark, by=home.clerk, actor=ActorKind.STAFF, author_name=mark)
        asked = ask_for_document(
            process.customer, title={"en": mark}, reason={"en": mark}, due_on=None, record=process, by=None
        )
        file = store_file(
            process,
            ContentFile(mark.encode(), name=f"{mark}.txt"),
            by=home.clerk,
            actor=ActorKind.STAFF,
            author_name=mark,
        )
        own: dict[str, list[Any]] = {"documents": [asked.pk], "files": [file.pk]}
        for record in records:
            own.setdefault(record._meta.app_label, []).append(record_of(record, customer).pk)
    return own


def paths(own: dict[str, list[Any]], uuid: Any) -> Iterator[str]:
    """Every page of the customers' area and every file, with somebody's identifiers in their places."""
    for address in all_lines():
        if not address.startswith(("<lang>/my/", "files/")):
            continue
        label = address.split("/")[2] if address.startswith("<lang>") else "files"
        path = address.replace("<lang>", "en").replace("<record_type>", "processes.process")
        for pk in own.get(label, [uuid]):
            filled = path.replace("<pk>", str(pk)).replace("<uuid>", str(pk))
            if "<" not in filled:
                yield f"/p/castro-lima/{filled}"


@pytest.mark.parametrize(
    "removed", [*scoped_querysets(), None], ids=lambda each: each.__name__ if each else "all"
)
def test_without_it_nothing_of_another_customer_is_shown(
    world: World, monkeypatch: pytest.MonkeyPatch, removed: type[Any] | None
) -> None:
    of_charlie = everything_of(world, "charlie", SECRET)
    of_alice = everything_of(world, "alice", OWN)
    for each in [removed] if removed else scoped_querysets():
        monkeypatch.setattr(each, "visible_to", lambda self, access: self.all())
    alice = Browser().sign_in(world.alice, world.home.company)
    asked = 0
    for path in paths(of_charlie, world.home.customers["charlie"].uuid):
        for answer in (alice.get(path), alice.get(path, headers=HTMX)):
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert SECRET.encode() not in body, path
            assert answer.status_code < 500, path
            asked += 1
    assert asked > 30, "the pages are asked at all"
    shown = [alice.get(path) for path in paths(of_alice, world.home.customers["alice"].uuid)]
    assert sum(OWN.encode() in answer.content for answer in shown if not answer.streaming) > 5, (
        "and show one's own"
    )
