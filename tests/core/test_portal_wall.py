"""The portal role's wall: with every `visible_to` taken out of the code, the database alone keeps customers apart.

This is the one place where our own code is patched: what is tested is what happens when it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection

from portal_modules.conversations.actions import write_message
from portal_modules.core.access import ActorKind
from portal_modules.core.models import CompanyOwned
from portal_modules.core.modules import modules
from portal_modules.core.records import records
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import BuildingSite, Contact, Customer, CustomerRecord, MembershipSite
from portal_modules.documents.actions import ask_for_document, store_file
from portal_modules.feedback.choices import Mode
from portal_modules.feedback.models import Opinion
from portal_modules.notifications.models import MailPreference
from portal_modules.processes.actions import publish_notice
from portal_modules.processes.models import Process
from tests.core.matrix import all_lines
from tests.modules.rows import filled, has_customer
from tests.world.browsing import Browser
from tests.world.companies import World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

SECRET = "CHARLIE-SECRET"
OWN = "ALICE-OWN"
HTMX = {"HX-Request": "true"}
# Where nothing of hers is in this world: she has one customer with one company, and no picture, and neither the
# XML of a note nor a pack of papers was made.
NOT_OPENED = {
    "<lang>/my/billing/notes/<pk>/print/",
    "<lang>/my/billing/notes/<pk>/xml/",
    "<lang>/my/billing/packs/<pk>/",
    "<lang>/my/everywhere/",
    "<lang>/my/everywhere/<kind>/",
    "<lang>/my/processes/choose/",
    "<lang>/my/sister/<uuid>/",
    "files/<uuid>/small/",
}


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


def everything_of(world: World, name: str, mark: str) -> list[Any]:
    """A row of whatever customers have with the company, their texts marked: all that is this customer's now."""
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
        ask_for_document(
            customer, title={"en": mark}, reason={"en": mark}, due_on=None, record=process, by=None
        )
        file = ContentFile(mark.encode(), name=f"{mark}.txt")
        store_file(process, file, by=home.clerk, actor=ActorKind.STAFF, author_name=mark)
        for model in of_customers():
            if not model.objects.filter(customer=customer).exists():
                filled(model, customer, mark=mark, **BESIDES.get(model, dict)())
        return [row for model in of_customers() for row in model.objects.filter(customer=customer)]


def of_customers() -> list[type[Any]]:
    """Every model of ours whose rows are customers'; records first, because others hang from them.

    Without the limits of an access to sites, which would hide what is one's own.
    """
    found = [
        each
        for each in apps.get_models()
        if issubclass(each, CompanyOwned) and has_customer(each) and each is not MembershipSite
    ]
    return sorted(found, key=lambda each: each not in list(records))


# What a plain row would break a rule of.
BESIDES: dict[type[Any], Any] = {
    MailPreference: lambda: {"event": "billing.issued"},
    Opinion: lambda: {"mode": Mode.LOGIN},
}


def names_of(rows: list[Any], customer: Customer) -> dict[str, set[str]]:
    """By what addresses name them: the customer's rows, by module; and the pairs of a record's type and id."""
    found: dict[str, set[str]] = {"": {str(customer.uuid)}}
    for row in rows:
        names = {
            str(getattr(row, each)) for each in ("pk", "uuid") if isinstance(getattr(row, each, 0), UUID)
        }
        found.setdefault(row._meta.app_label, set()).update(names)
        found[""] |= names
    return found


def paths(rows: list[Any], customer: Customer) -> Iterator[tuple[str, str]]:
    """Every address of the customers' area and of files, and its paths with somebody's names in their places."""
    named = names_of(rows, customer)
    pairs = {(row.record_type(), str(row.pk)) for row in rows if isinstance(row, CustomerRecord)}
    for address in all_lines():
        if not address.startswith(("<lang>/my/", "files/")):
            continue
        label = address.split("/")[2] if address.startswith("<lang>") else "documents"
        ids = sorted(named.get(label, named[""]))
        template = f"/p/castro-lima/{address.replace('<lang>', 'en')}"
        for path in _filled_in(template, ids, sorted(pairs), str(customer.uuid)):
            yield address, path


def _filled_in(template: str, ids: list[str], pairs: list[tuple[str, str]], uuid: str) -> Iterator[str]:
    if "<kind>" in template:
        yield from (template.replace("<kind>", each) for each in ("csv", "xlsx", "pdf"))
    elif "<record_type>" in template:
        yield from (template.replace("<record_type>", kind).replace("<pk>", pk) for kind, pk in pairs)
    elif "<pk>" in template and "<uuid>" in template:
        yield from (template.replace("<pk>", uuid).replace("<uuid>", each) for each in ids)
    elif "<" in template:
        yield from (template.replace("<pk>", each).replace("<uuid>", each) for each in ids)
    else:
        yield template


def shown_by(answer: Any) -> bytes:
    """What somebody gets to read: of a file that is packed, what is in it."""
    body: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as packed:
            return b"".join(packed.read(each) for each in packed.namelist())
    return body


def kept_of(customer: Customer) -> dict[str, str]:
    """What every table holds of a customer, as one digest each."""
    found = {}
    with as_owner(), connection.cursor() as cursor:
        for model in of_customers():
            table = model._meta.db_table
            cursor.execute(
                f"select md5(string_agg(t::text, '' order by t::text)) from {table} t where customer_id = %s",  # noqa: S608
                [customer.pk],
            )
            found[table] = cursor.fetchone()[0]
    return found


def take_out(monkeypatch: pytest.MonkeyPatch, classes: list[type[Any]]) -> None:
    for each in classes:
        monkeypatch.setattr(each, "visible_to", lambda self, access: self.all())


def assert_nothing_is_shown(answer: Any, path: str) -> None:
    assert SECRET.encode() not in shown_by(answer), path
    assert answer.status_code < 500, path


@pytest.mark.parametrize("removed", scoped_querysets(), ids=lambda each: each.__name__)
def test_without_one_of_them_nothing_of_another_customer_is_shown(
    world: World, monkeypatch: pytest.MonkeyPatch, removed: type[Any]
) -> None:
    of_charlie = everything_of(world, "charlie", SECRET)
    take_out(monkeypatch, [removed])
    alice = Browser().sign_in(world.alice, world.home.company)
    for _address, path in paths(of_charlie, world.home.customers["charlie"]):
        assert_nothing_is_shown(alice.get(path), path)


def test_without_any_of_them_nothing_of_another_customer_is_shown_or_changed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    charlie = world.home.customers["charlie"]
    of_charlie = everything_of(world, "charlie", SECRET)
    everything_of(world, "alice", OWN)
    take_out(monkeypatch, scoped_querysets())
    before = kept_of(charlie)
    alice = Browser().sign_in(world.alice, world.home.company)
    for address, path in paths(of_charlie, charlie):
        assert_nothing_is_shown(alice.get(path), path)
        assert_nothing_is_shown(alice.get(path, headers=HTMX), path)
        if "<pk>" in address or "<uuid>" in address:
            assert_nothing_is_shown(alice.post(path), path)
    assert kept_of(charlie) == before


def test_the_same_addresses_show_what_is_ones_own(world: World) -> None:
    """Or the tests above would knock where nobody lives."""
    rows = everything_of(world, "alice", OWN)
    alice = Browser().sign_in(world.alice, world.home.company)
    answered: dict[str, set[int]] = {}
    shown = 0
    for address, path in paths(rows, world.home.customers["alice"]):
        answer = alice.get(path)
        answered.setdefault(address, set()).add(answer.status_code)
        shown += OWN.encode() in shown_by(answer)
    assert {each for each, codes in answered.items() if codes == {404}} == NOT_OPENED
    assert shown > 25, "and what is there is told"
