"""A mail as it leaves: language, sender, headers, and nothing that somebody else wrote into them."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from portal_modules.core.choices import ChannelKind, ChannelPurpose
from portal_modules.core.models import Channel, Company
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from portal_modules.notifications.actions import tell
from portal_modules.notifications.rendering import render
from tests.notifications.known_event import EVENT
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db

NASTY = "Ana\r\nBcc: spy@example.com\x07\u2028X-Evil: 1\u202egpj.exe"


def mail_of(company: Company, **more: Any) -> EmailMultiAlternatives:
    with company_scope(company):
        options: dict[str, Any] = {"address": "reader@example.com", "payload": {}, "language": "en", **more}
        rendered = render(tell(EVENT, company=company, **options), company)
    assert rendered is not None
    return rendered


def on_the_wire(mail: EmailMultiAlternatives) -> ParsedMessage:
    return message_from_bytes(mail.message().as_bytes(), policy=policy.default)


def html_of(mail: EmailMultiAlternatives) -> str:
    return str(mail.alternatives[0][0])


@pytest.mark.parametrize(
    ("side", "language", "spoken", "day"),
    [
        ("other", "pt", "pt-br", "30 abril 2026 22:30"),
        ("home", "pt", "pt-pt", "1 maio 2026 02:30"),
        ("home", "es", "es", "1 mayo 2026 02:30"),
        ("other", "en", "en", "30 April 2026 22:30"),
    ],
)
def test_a_mail_speaks_the_readers_language_at_the_companys_time(
    world: World, side: str, language: str, spoken: str, day: str
) -> None:
    place: CompanyWorld = getattr(world, side)
    mail = mail_of(place.company, language=language)
    for part in (mail.body, html_of(mail)):
        assert f"Language {spoken}" in part
        assert day in part.replace("Abril", "abril").replace("Maio", "maio").replace(" de ", " ")
    assert f'<html lang="{spoken}">' in html_of(mail)
    assert f"/p/{place.company.alias}/{language}/" in html_of(mail)


def test_without_a_language_it_is_the_companys(world: World) -> None:
    assert "Language pt-pt" in mail_of(world.home.company, language="").body


def test_a_mail_says_who_writes_why_and_what_to_do(world: World) -> None:
    company = world.home.company
    with company_scope(company):
        company.legal_name, company.address = "Castro & Lima, RL", "Rua Augusta 1\nLisboa"
    mail = mail_of(company, payload={"text": "It's <b>open</b> & well"})
    html = html_of(mail)
    for words in ("Castro & Lima, RL", "Rua Augusta 1", "You get it because", "Look", "?a=1&b=2", "Number"):
        assert words in mail.body
        assert words.replace("&", "&amp;") in html
    assert mail.subject == "It's <b>open</b> & well"
    assert "It's <b>open</b> & well" in mail.body
    assert "It&#x27;s &lt;b&gt;open&lt;/b&gt; &amp; well" in html
    assert html.count('href="https://portal.test/p/castro-lima/en/my/?a=1&amp;b=2"') == 1


def test_it_comes_from_the_company_by_the_platforms_address(world: World, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Balcão <no-reply@portal.test>"
    sent = on_the_wire(mail_of(world.home.company))
    (sender,) = sent["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (world.home.company.name, "no-reply@portal.test")
    assert sent["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]


def test_answers_go_to_the_company_when_it_has_an_address(world: World) -> None:
    company = world.home.company
    assert on_the_wire(mail_of(company))["Reply-To"] is None
    with company_scope(company):
        for purpose, kind, value in (
            (ChannelPurpose.FINANCE, ChannelKind.EMAIL, "finance@castro.test"),
            (ChannelPurpose.GENERAL, ChannelKind.PHONE, "+351 210 000 000"),
            (ChannelPurpose.SUPPORT, ChannelKind.EMAIL, "support@castro.test"),
        ):
            Channel.objects.create(purpose=purpose, kind=kind, value=value)
    assert on_the_wire(mail_of(company))["Reply-To"] == "support@castro.test"
    with company_scope(company):
        general = {"purpose": ChannelPurpose.GENERAL, "kind": ChannelKind.EMAIL}
        Channel.objects.create(**general, value="broken@castro.test\r\nBcc: spy@example.com")
    assert on_the_wire(mail_of(company))["Reply-To"] == "support@castro.test"
    with company_scope(company):
        Channel.objects.create(**general, value="hello@castro.test")
    assert on_the_wire(mail_of(company))["Reply-To"] == "hello@castro.test"


def test_the_message_id_is_that_of_the_row_however_often_it_is_written(world: World, settings: Any) -> None:
    company = world.home.company
    with company_scope(company):
        message = tell(EVENT, company=company, language="en", address="reader@example.com", payload={})
        ids = {on_the_wire(mail)["Message-ID"] for _ in range(2) if (mail := render(message, company))}
    assert ids == {f"<{message.pk}@{settings.PLATFORM_HOST}>"}


def test_names_and_subjects_cannot_add_a_header(world: World) -> None:
    company = world.home.company
    with company_scope(company):
        contact = Contact.objects.create(
            customer=world.home.customers["alice"], name=NASTY, email="ana@example.com"
        )
        company.name = NASTY
        company.save(update_fields=["name"])
    sent = on_the_wire(mail_of(company, address="", contact=contact, payload={"text": NASTY}))
    assert "Bcc" not in sent
    assert "X-Evil" not in sent
    assert [each.addr_spec for each in sent["To"].addresses] == ["ana@example.com"]
    for header in ("Subject", "From", "To"):
        assert not any(ord(character) < 32 or character in "\u2028\u202e" for character in str(sent[header]))
    assert sent["Subject"] == "Ana Bcc: spy@example.com X-Evil: 1 gpj.exe"


@pytest.mark.parametrize("name", ["Ção " * 60, 'A "quoted", <odd> name', "日本語の会社" * 20, ""])
def test_odd_names_make_no_odd_headers(world: World, name: str) -> None:
    company = world.home.company
    with company_scope(company):
        contact = Contact.objects.create(
            customer=world.home.customers["alice"], name=name[:160], email="ana@example.com"
        )
    sent = on_the_wire(mail_of(company, address="", contact=contact, payload={"text": name[:160]}))
    assert [each.addr_spec for each in sent["To"].addresses] == ["ana@example.com"]
    assert sent["To"].addresses[0].display_name == name[:160].strip()


def test_what_people_write_is_never_a_template(world: World) -> None:
    text = "{{ settings.SECRET_KEY }} {% include 'shell.html' %}"
    mail = mail_of(world.home.company, payload={"text": text})
    assert text in mail.body
    assert "{{ settings.SECRET_KEY }}" in html_of(mail)
