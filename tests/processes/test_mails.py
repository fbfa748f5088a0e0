"""Who is mailed which number."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact, Customer
from portal_modules.notifications import delivery
from portal_modules.notifications.models import OutboxMessage
from portal_modules.processes.actions import open_process
from tests.processes.visiting import at, without_tokens, written
from tests.world.companies import World, make_process

pytestmark = pytest.mark.django_db


def deliver(world: World) -> list[Any]:
    """Deliver what is waiting, and what that brings about."""
    company = world.home.company
    for _turn in range(3):
        with company_scope(company):
            waiting = list(OutboxMessage.objects.filter(state="waiting").values_list("pk", flat=True))
        for message in waiting:
            delivery.attempt(message, company)
    return mail.outbox


def ask(client: Client, email: str) -> Any:
    return client.post(at("lookup/lost/", "pt"), {"email": email})


@pytest.mark.row("B01")
def test_opening_mails_the_number_to_each_contact_in_their_language(world: World) -> None:
    with company_scope(world.home.company):
        alice = world.home.customers["alice"]
        Contact.objects.filter(email="alice@example.com").update(language="en")
        Contact.objects.filter(email="bob@example.com").update(language="es")
        Contact.objects.create(customer=alice, name="No mail")
        process = open_process(
            alice,
            world.home.kind,
            by=None,
            opened_on=world.home.processes["alice"].opened_on,
            title="Secret matter",
        )
    sent = deliver(world)
    assert sorted(each.recipients()[0] for each in sent) == [
        "Alice CASTRO-OWN <alice@example.com>",
        "Bob CASTRO-OWN <bob@example.com>",
    ]
    for letter, language in zip(sorted(sent, key=lambda each: each.recipients()), ("en", "es"), strict=True):
        assert written(process) in letter.body
        assert f"http://localhost:8000/p/castro-lima/{language}/lookup/" in letter.body
        assert written(process) not in letter.subject
        assert "Secret matter" not in letter.body


def test_who_lost_a_number_gets_all_of_them_at_the_address_on_file(world: World, client: Client) -> None:
    with company_scope(world.home.company):
        second = Customer.objects.create(name="Alice's company", country="PT")
        Contact.objects.create(customer=second, name="Alice again", email="alice@example.com")
        process = make_process(world.home, second)
    answer = ask(client, "  ALICE@Example.com ")
    assert (answer.status_code, answer["Location"]) == (303, at("lookup/lost/done/", "pt"))
    (letter,) = deliver(world)
    assert letter.recipients() == ["Alice CASTRO-OWN <alice@example.com>"]
    for number in (written(world.home.processes["alice"]), written(process)):
        assert number in letter.body
    assert written(world.home.processes["charlie"]) not in letter.body
    assert "alice" not in answer["Location"].lower()


@pytest.mark.parametrize("email", ["nobody@example.com", "dora@example.com"])
def test_nobody_else_gets_anything_and_the_answer_is_the_same(
    world: World, client: Client, email: str
) -> None:
    known = client.get(ask(client, "alice@example.com")["Location"])
    with company_scope(world.home.company):
        OutboxMessage.objects.all().delete()
    answer = ask(client, email)
    assert answer.status_code == 303
    assert without_tokens(client.get(answer["Location"]), email) == without_tokens(known, "alice@example.com")
    assert deliver(world) == []
    with company_scope(world.home.company):
        assert OutboxMessage.objects.exclude(state="dropped").count() == 0


def test_an_archived_customer_gets_no_mail(world: World, client: Client) -> None:
    with company_scope(world.home.company):
        Customer.objects.update(archived_at="2026-01-01T00:00Z")
    ask(client, "alice@example.com")
    assert deliver(world) == []


@pytest.mark.parametrize(
    "email",
    ["", "alice", "a@b", "alice@example.com\r\nBcc: x@example.com", "x" * 300, "al\u0131ce@example.com"],
)
def test_what_is_no_address_is_told_so(world: World, client: Client, email: str) -> None:
    answer = ask(client, email)
    assert answer.status_code == 422
    with company_scope(world.home.company):
        assert not OutboxMessage.objects.exists()


def test_nobody_is_flooded_with_mails(world: World) -> None:
    for number in range(6):
        answer = ask(Client(REMOTE_ADDR=f"203.0.113.{number}"), "alice@example.com")
        assert answer.status_code == 303
    assert len(deliver(world)) == 3
    greedy = Client(REMOTE_ADDR="198.51.100.7")
    answers = [ask(greedy, f"n{number}@example.com").status_code for number in range(11)]
    assert answers == [303] * 10 + [429]
