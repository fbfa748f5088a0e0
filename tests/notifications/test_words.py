"""A company's own words in the mails: checked when written, used where there are some."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from portal_modules.notifications.actions import tell_customer
from portal_modules.notifications.models import MessageWords, OutboxMessage
from portal_modules.notifications.tasks import sweep
from portal_modules.notifications.wording import fill, unknown_in
from portal_modules.processes.events import PHASE_CHANGED
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = pytest.mark.django_db

ADD = "/admin/snippets/notifications/messagewords/add/"
LIST = "/admin/snippets/notifications/messagewords/"


def tell(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        tell_customer(
            PHASE_CHANGED,
            customer=world.home.customers["alice"],
            payload={"process_id": process.pk, "phase_id": process.phase_id},
            record=process,
        )


def mail_to(name: str) -> Any:
    sweep.func()
    return [each for each in mail.outbox if f"{name}@example.com" in each.to[0]][-1]


def form(**words: str) -> dict[str, str]:
    empty = {f"{name}_{code}": "" for name in ("subject", "title", "body") for code in ("pt", "es", "en")}
    return {**empty, "event": PHASE_CHANGED, **words}


def all_words(world: World) -> list[MessageWords]:
    with company_scope(world.home.company):
        return list(MessageWords.objects.all())


def test_an_editor_writes_a_mail_anew_and_sees_it(world: World) -> None:
    tell(world)
    editor = Browser().sign_in(world.home.editor)
    answer = editor.post(
        ADD,
        form(
            subject_en="{customer_name}: now in {phase}",
            title_en="Dear {contact_name}",
            body_en="Your {business} has moved.\n\n<b>Number</b> {number}",
        ),
    )
    (words,) = all_words(world)
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/notifications/words/{words.pk}/")
    page = editor.get(f"{answer['Location']}?language=en").content.decode()
    assert "Alice CASTRO-OWN: now in Registry CASTRO-OWN" in page
    assert f"/admin/notifications/words/{words.pk}/en/" in page
    shown = editor.get(f"/admin/notifications/words/{words.pk}/en/")
    assert "Your Citizenship CASTRO-OWN has moved." in shown.content.decode()
    assert "&lt;b&gt;Number&lt;/b&gt;" in shown.content.decode()
    assert "'unsafe-inline'" in shown["Content-Security-Policy"]
    assert "script-src 'none'" in shown["Content-Security-Policy"]


def test_the_words_are_used_in_their_language_and_ours_in_the_others(world: World) -> None:
    with company_scope(world.home.company):
        MessageWords.objects.create(
            event=PHASE_CHANGED, subject_en="News for {customer_name}", body_en="One.\n\n\nTwo {phase}."
        )
        Contact.objects.filter(email="alice@example.com").update(language="en")
        Contact.objects.filter(email="bob@example.com").update(language="es")
    tell(world)
    english, spanish = mail_to("alice"), mail_to("bob")
    assert english.subject == "News for Alice CASTRO-OWN"
    assert "One.\n\nTwo Registry CASTRO-OWN.\n" in english.body
    assert "What happens" not in english.body
    assert "News for" not in spanish.subject
    assert "What happens" in spanish.body


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{nobody}", "{nobody}"),
        ("Hello {customer_name} {invoice}", "{invoice}"),
        ("{customer_name.tax_id}", "{customer_name.tax_id}"),
        ("{0}", "{0}"),
        ("{customer_name!r}", "{customer_name!r}"),
        ("{", "{"),
        ("a } b", "}"),
        ("{{customer_name}}", "{"),
        ("{% load x %}", "{% load x %}"),
    ],
)
def test_what_means_nothing_is_refused_by_its_name(world: World, text: str, named: str) -> None:
    editor = Browser().sign_in(world.home.editor)
    answer = editor.post(ADD, form(body_es=text))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "This mail does not know" in page
    assert named.replace("{", "&#x7B;") in page or named in page
    assert all_words(world) == []


def test_two_wordings_of_one_mail_and_an_unknown_mail_are_refused(world: World) -> None:
    editor = Browser().sign_in(world.home.editor)
    editor.post(ADD, form(subject_pt="Um"))
    assert (
        "There are words for this mail already." in editor.post(ADD, form(subject_pt="Dois")).content.decode()
    )
    assert editor.post(ADD, form(event="tests.unknown")).status_code == 200
    assert len(all_words(world)) == 1


def test_only_whole_names_are_replaced() -> None:
    values = {"customer_name": "{company_name} {{x}}", "company_name": "us"}
    assert fill("{customer_name}!", values) == "{company_name} {{x}}!"
    assert fill("{number}", values) == ""
    assert unknown_in("{company_name} {number}", PHASE_CHANGED) == []


def test_a_line_end_in_a_name_makes_no_header(world: World) -> None:
    with company_scope(world.home.company):
        MessageWords.objects.create(event=PHASE_CHANGED, subject_pt="Para {contact_name}")
        Contact.objects.filter(email="alice@example.com").update(name="Alice\r\nBcc: spy@example.com")
    tell(world)
    assert "\n" not in mail_to("alice").subject


def test_an_editor_sends_a_test_to_themselves(world: World) -> None:
    tell(world)
    with company_scope(world.home.company):
        words = MessageWords.objects.create(event=PHASE_CHANGED, subject_en="A new phase: {phase}")
    editor = Browser().sign_in(world.home.editor)
    answer = editor.post(f"/admin/notifications/words/{words.pk}/", {"language": "en"})
    assert answer.status_code == 302
    sweep.func()
    (letter,) = [each for each in mail.outbox if each.to == [world.home.editor.email]]
    assert letter.subject == "A new phase: Registry CASTRO-OWN"
    assert "List-Unsubscribe" not in letter.extra_headers
    assert editor.post(f"/admin/notifications/words/{words.pk}/", {"language": "xx"}).status_code == 422
    assert editor.get(f"/admin/notifications/words/{words.pk}/?language=xx").status_code == 404
    with company_scope(world.home.company):
        assert OutboxMessage.objects.filter(event="notifications.words_tried").count() == 1


def test_words_of_another_company_are_not_there(world: World) -> None:
    with company_scope(world.other.company):
        words = MessageWords.objects.create(event=PHASE_CHANGED, subject_en=MARKER)
    editor = Browser().sign_in(world.home.editor)
    for address in (f"/admin/notifications/words/{words.pk}/", f"/admin/notifications/words/{words.pk}/en/"):
        assert editor.get(address).status_code == 404
    assert MARKER not in editor.get(LIST).content.decode()
    with company_scope(world.home.company):
        assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "reader"])
def test_who_may_not_change_words_does_not(world: World, who: str) -> None:
    with company_scope(world.home.company):
        words = MessageWords.objects.create(event=PHASE_CHANGED, subject_en="Before")
    person = Browser().sign_in(getattr(world.home, who))
    assert person.post(f"{LIST}edit/{words.pk}/", form(subject_en="After")).status_code == 302
    assert person.post(f"/admin/notifications/words/{words.pk}/", {"language": "en"}).status_code in {
        302,
        403,
    }
    assert [each.subject_en for each in all_words(world)] == ["Before"]
    assert not mail.outbox
