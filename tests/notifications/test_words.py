"""A company's own words in the mails: checked when written, used where there are some."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation
from django.utils.html import conditional_escape

from portal_modules.core import companies
from portal_modules.core.models import CompanyModule
from portal_modules.core.modules import NoticeKind, modules
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from portal_modules.notifications.actions import tell_customer
from portal_modules.notifications.mails import mails
from portal_modules.notifications.models import MessageWords, OutboxMessage, label_of
from portal_modules.notifications.tasks import sweep
from portal_modules.notifications.wording import fill, shipped_words, unknown_in
from portal_modules.processes.events import PHASE_CHANGED, REVIEW_RECEIVED
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = pytest.mark.django_db

ADD = "/admin/snippets/notifications/messagewords/add/"
LIST = "/admin/snippets/notifications/messagewords/"
TRY = f"/admin/notifications/words/{PHASE_CHANGED}/"


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
    assert len(all_words(world)) == 1
    assert (answer.status_code, answer["Location"]) == (302, TRY)
    page = editor.get(f"{answer['Location']}?language=en").content.decode()
    assert "Alice CASTRO-OWN: now in Registry CASTRO-OWN" in page
    assert f"{TRY}en/" in page
    shown = editor.get(f"{TRY}en/")
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


def every_mail(world: World) -> list[str]:
    on = companies.card_of_company(world.home.company).modules
    return [str(notice.label) for module in modules if module.label in on for notice in module.notices]


def test_every_mail_is_listed_with_who_wrote_its_words(world: World) -> None:
    editor = Browser().sign_in(world.home.editor)
    page = editor.get(LIST).content.decode()
    with company_scope(world.home.company), translation.override("en"):
        labels = every_mail(world)
    assert len(labels) >= 15
    for label in labels:
        assert conditional_escape(label) in page, label
    elsewhere = page.count("your own, for each step")
    assert page.count("as shipped") == len(labels) - elsewhere
    editor.post(ADD, form(subject_en="Moved"))
    page = editor.get(LIST).content.decode()
    assert page.count("as shipped") == len(labels) - elsewhere - 1
    assert "your own" in page
    reader = Browser().sign_in(world.home.reader).get(LIST).content.decode()
    assert "Change the words" not in reader
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="processes", is_on=False)
        world.home.company.save()
    companies._cards.clear()
    assert "entered a new phase" not in editor.get(LIST).content.decode()
    companies._cards.clear()


def test_one_edits_from_what_is_shipped_and_only_what_is_changed_is_kept(world: World) -> None:
    editor = Browser().sign_in(world.home.editor)
    page = editor.get(f"{ADD}?event={REVIEW_RECEIVED}")
    shown = page.context["form"]
    assert shown["subject_en"].value() == "We have your request {number}"
    assert "page of your request" in shown["body_en"].value()
    assert "{number}" in shown["body_es"].help_text, "what can be written stands where one writes"
    with translation.override("es"):
        assert str(shown["subject_pt"].label) == "Asunto (portugués)"
    assert shown["body_pt"].value() != shown["body_es"].value()
    names = [f"{text}_{code}" for text in ("subject", "title", "body") for code in ("pt", "es", "en")]
    sent = {name: shown[name].value().replace("\n", "\r\n") for name in names}
    editor.post(ADD, {**sent, "event": REVIEW_RECEIVED, "title_en": "Thank you, {customer_name}"})
    (words,) = all_words(world)
    assert words.title_en == "Thank you, {customer_name}"
    assert [getattr(words, name) for name in names if name != "title_en"] == [""] * 8
    edit = f"{LIST}edit/{words.pk}/"
    assert editor.get(f"{ADD}?event={REVIEW_RECEIVED}").headers["Location"] == edit
    again = editor.get(edit).context["form"]
    assert again["title_en"].value() == "Thank you, {customer_name}"
    assert again["subject_en"].value() == "We have your request {number}"
    assert editor.get(f"{ADD}?event=nobody.knows").status_code == 200
    assert editor.get(f"{ADD}?event=%00").status_code == 400


def test_back_to_the_shipped_words_is_asked_first(world: World) -> None:
    with company_scope(world.home.company):
        MessageWords.objects.create(event=PHASE_CHANGED, subject_en="Before")
    address = f"{TRY}shipped/"
    editor = Browser().sign_in(world.home.editor)
    assert "Your own words for it are deleted." in editor.get(address).content.decode()
    assert len(all_words(world)) == 1
    for person in (world.home.clerk, world.other.editor):
        assert Browser().sign_in(person).post(address).status_code in {302, 403, 404}
    assert len(all_words(world)) == 1
    assert editor.post(address).headers["Location"] == LIST
    assert all_words(world) == []


NOTICES = [notice for module in modules for notice in module.notices]


@pytest.mark.parametrize("notice", NOTICES, ids=lambda each: each.event)
def test_the_shipped_words_of_every_mail_are_there_to_edit(notice: NoticeKind, world: World) -> None:
    """Its placeholders are known, and nothing is left unsaid; or it says where its words are written."""
    editor = Browser().sign_in(world.home.editor)
    if notice.worded_at:
        assert reverse(notice.worded_at) in editor.get(LIST).content.decode()
        assert editor.get(f"/admin/notifications/words/{notice.event}/").status_code == 404
        assert f'value="{notice.event}"' not in editor.get(f"{ADD}?event={notice.event}").content.decode()
        return
    shown = editor.get(f"{ADD}?event={notice.event}").context["form"]
    with company_scope(world.home.company):
        for code in ("pt", "es", "en"):
            with translation.override(world.home.company.spoken(code)):
                words = shipped_words(notice.event)
                assert words, "the writer of this mail has to be given its words"
            for name, text in words.items():
                assert text.strip(), name
                assert unknown_in(text, notice.event) == []
                assert shown[f"{name}_{code}"].value() == text


@pytest.mark.parametrize("event", [PHASE_CHANGED, "payments.autopay_ended", "accounts.invitation"])
def test_what_is_shipped_is_seen_and_tried_before_there_are_own_words(event: str, world: World) -> None:
    editor = Browser().sign_in(world.home.editor)
    address = f"/admin/notifications/words/{event}/"
    assert address in editor.get(LIST).content.decode()
    page = editor.get(f"{address}?language=en").content.decode()
    assert f'href="{ADD}?event={event}"' in page
    assert "shipped/" not in page
    with company_scope(world.home.company), translation.override("en"):
        said = str((shipped_words(event) or {})["title"]).partition("{")[0]
    assert said in editor.get(f"{address}en/").content.decode()
    assert editor.post(address, {"language": "en"}).status_code == 302
    sweep.func()
    (letter,) = [each for each in mail.outbox if each.to == [world.home.editor.email]]
    assert said in letter.body
    assert all_words(world) == []


def test_a_mail_of_nothing_that_is_on_is_not_there(world: World) -> None:
    editor = Browser().sign_in(world.home.editor)
    for event in ("nobody.knows", "accounts.password_changed", "x" * 300):
        assert editor.get(f"/admin/notifications/words/{event}/").status_code == 404
        assert editor.post(f"/admin/notifications/words/{event}/", {"language": "en"}).status_code == 404
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="processes", is_on=False)
        world.home.company.save()
    companies._cards.clear()
    assert editor.get(TRY).status_code == 404
    companies._cards.clear()


def test_staff_read_what_each_mail_is_about(world: World) -> None:
    """In the list of what was sent no mail stands with the name that the code has for it."""
    for event in (each for each in mails if not each.startswith("tests.")):
        for language in ("pt-br", "es", "en"):
            with translation.override(language):
                assert label_of(event) != event, "give it a notice, or say what it is `about`"


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
        MessageWords.objects.create(event=PHASE_CHANGED, subject_en="A new phase: {phase}")
    editor = Browser().sign_in(world.home.editor)
    answer = editor.post(TRY, {"language": "en"})
    assert answer.status_code == 302
    sweep.func()
    (letter,) = [each for each in mail.outbox if each.to == [world.home.editor.email]]
    assert letter.subject == "A new phase: Registry CASTRO-OWN"
    assert "List-Unsubscribe" not in letter.extra_headers
    assert editor.post(TRY, {"language": "xx"}).status_code == 422
    assert editor.get(f"{TRY}?language=xx").status_code == 404
    with company_scope(world.home.company):
        assert OutboxMessage.objects.filter(event="notifications.words_tried").count() == 1


def test_words_of_another_company_are_not_there(world: World) -> None:
    with company_scope(world.other.company):
        words = MessageWords.objects.create(event=PHASE_CHANGED, subject_en=MARKER)
    editor = Browser().sign_in(world.home.editor)
    for address in (TRY, f"{TRY}en/"):
        assert MARKER not in editor.get(address).content.decode()
    assert editor.post(f"{TRY}shipped/").status_code == 404
    assert editor.get(f"{LIST}edit/{words.pk}/").status_code in {302, 404}
    assert MARKER not in editor.get(LIST).content.decode()
    with company_scope(world.home.company):
        assert not OutboxMessage.objects.exists()
    with company_scope(world.other.company):
        assert MessageWords.objects.filter(pk=words.pk).exists()


@pytest.mark.parametrize("who", ["clerk", "reader"])
def test_who_may_not_change_words_does_not(world: World, who: str) -> None:
    with company_scope(world.home.company):
        words = MessageWords.objects.create(event=PHASE_CHANGED, subject_en="Before")
    person = Browser().sign_in(getattr(world.home, who))
    assert person.post(f"{LIST}edit/{words.pk}/", form(subject_en="After")).status_code == 302
    assert person.post(TRY, {"language": "en"}).status_code in {
        302,
        403,
    }
    assert [each.subject_en for each in all_words(world)] == ["Before"]
    assert not mail.outbox
