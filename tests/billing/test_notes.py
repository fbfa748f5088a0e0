"""The customer's fiscal notes: the list, the files as they came, the print, and the mail to who named an address."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail

from portal_modules.billing.choices import NoteState
from portal_modules.billing.events import NOTE_TAKEN_IN
from portal_modules.billing.models import FiscalAddress, FiscalDocument
from portal_modules.core.events import events
from portal_modules.core.models import CompanySetting
from portal_modules.core.scope import company_scope
from portal_modules.notifications.actions import telling_nobody
from portal_modules.notifications.delivery import attempt
from portal_modules.notifications.models import OutboxMessage
from tests.billing.issuing import issued, note_of
from tests.billing.papers.test_pdfs import text_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def at(path: str, alias: str = "altura") -> str:
    return f"/p/{alias}/en/my/billing/notes/{path}"


@pytest.fixture
def dora(world: World) -> Browser:
    return Browser().sign_in(world.dora, world.other.company)


@pytest.mark.row("N01")
@pytest.mark.row("E03")
def test_the_page_shows_each_note_with_its_key_files_and_invoice(world: World, dora: Browser) -> None:
    invoice = issued(world.other, "dora")
    note = note_of(world.other, "dora", invoice=invoice)
    page = dora.get(at("")).content.decode()
    assert "NF-e 1234" in page
    assert "series 1" in page
    assert note.key_shown in page
    assert f'data-copy="{note.key}"' in page
    assert "CFOP 5908" in page
    assert "1,234.50" in page
    assert f"/p/altura/en/my/billing/invoices/{invoice.pk}/" in page
    assert at(f"{note.pk}/xml/") in page
    assert at(f"{note.pk}/print/") in page
    assert note.key_shown in dora.get(at(f"{note.pk}/")).content.decode()


@pytest.mark.row("E19")
def test_the_file_is_handed_out_as_it_came(world: World, dora: Browser) -> None:
    note = note_of(world.other, "dora")
    answer = dora.get(at(f"{note.pk}/xml/"))
    with company_scope(world.other.company):
        assert answer.content == note.xml.open("rb").read()
    assert answer.headers["Content-Type"] == "application/xml"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.row("N01")
def test_its_print_is_drawn_from_it(world: World, dora: Browser) -> None:
    note = note_of(world.other, "dora")
    answer = dora.get(at(f"{note.pk}/print/"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Construções" in text_of(answer.content) or "HOMOLOGACAO" in text_of(answer.content)
    assert dora.get(at(f"{note.pk}/print/")).content == answer.content


def test_what_cannot_be_drawn_is_told_and_the_xml_stays(world: World, dora: Browser) -> None:
    note = note_of(world.other, "dora")
    with company_scope(world.other.company), note.xml.storage.open(note.xml.name, "wb") as file:
        file.write(b"<x/>")
    answer = dora.get(at(f"{note.pk}/print/"), follow=True)
    assert answer.status_code == 200
    assert b"%PDF" not in answer.content
    assert "not a fiscal note that we know" in answer.content.decode()
    assert dora.get(at(f"{note.pk}/xml/")).content == b"<x/>"


def test_they_are_narrowed_by_period_and_by_what_is_remembered(world: World, dora: Browser) -> None:
    old = note_of(world.other, "dora", number=1, issued_on=date(2026, 1, 15))
    new = note_of(world.other, "dora", number=2, issued_on=date(2026, 9, 15))
    for query, shown, hidden in (
        ("first=2026-05-01", new, old),
        ("last=2026-05-01", old, new),
        (f"q={old.key_shown[:30]}", old, new),
        ("q=2", new, old),
    ):
        page = dora.get(at(f"?{query}")).content.decode()
        assert shown.key in page, query
        assert hidden.key not in page, query
    assert "Nothing found" in dora.get(at("?q=nothing-like-this")).content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("first=2026-02-31", 422),
        ("first=x", 422),
        ("q=" + "x" * 101, 422),
        ("page=99", 404),
        ("page=x", 404),
        ("q=%00", 400),
    ],
)
def test_mess_in_the_address_is_answered(world: World, dora: Browser, query: str, status: int) -> None:
    note_of(world.other, "dora")
    assert dora.get(at(f"?{query}")).status_code == status


@pytest.mark.parametrize("verb", ["get", "head", "post", "put", "delete", "options"])
@pytest.mark.parametrize("more", ["", "xml/", "print/"])
def test_a_strangers_note_is_missing(world: World, verb: str, more: str) -> None:
    note = note_of(world.other, "dora")
    alice = Browser().sign_in(world.alice, world.home.company)
    for alias in ("castro-lima", "altura"):
        answer = getattr(alice, verb)(at(f"{note.pk}/{more}", alias))
        assert answer.status_code in {302, 404, 405}
        assert note.key.encode() not in answer.content
        assert b"<NFe" not in answer.content
        assert b"%PDF" not in answer.content


def test_where_notes_are_off_there_are_none(world: World, dora: Browser) -> None:
    note = note_of(world.other, "dora")
    with company_scope(world.other.company):
        CompanySetting.objects.create(name="function:billing.notes", value=False)
    for more in ("", f"{note.pk}/", f"{note.pk}/xml/", f"{note.pk}/print/"):
        assert dora.get(at(more)).status_code == 404


# ---- mail -----------------------------------------------------------------------------------------


def take_in(world: World, note: FiscalDocument) -> None:
    with company_scope(world.other.company):
        events.announce(
            NOTE_TAKEN_IN, company_id=note.company_id, customer_id=note.customer_id, note_id=note.pk
        )


def told(world: World) -> list[OutboxMessage]:
    with company_scope(world.other.company):
        return list(OutboxMessage.objects.filter(event=NOTE_TAKEN_IN).order_by("address"))


@pytest.fixture
def addresses(world: World) -> None:
    with company_scope(world.other.company):
        for email in ("nf@dora.example", "accounts@dora.example"):
            FiscalAddress.objects.create(customer=world.other.customers["dora"], email=email)


@pytest.mark.row("E05")
@pytest.mark.usefixtures("addresses")
def test_each_address_is_mailed_once_with_number_value_link_and_xml(world: World) -> None:
    note = note_of(world.other, "dora", issued_on=date.today() - timedelta(days=2))
    take_in(world, note)
    take_in(world, note)
    messages = told(world)
    assert [message.address for message in messages] == ["accounts@dora.example", "nf@dora.example"]
    mail.outbox.clear()
    for message in messages:
        attempt(message.pk, world.other.company)
    first, _second = mail.outbox
    assert "1234" in first.subject
    assert f"/my/billing/notes/{note.pk}/" in str(first.body)
    ((name, content, kind),) = first.attachments
    assert str(name).endswith(".xml")
    assert kind == "application/xml"
    data = content.encode() if isinstance(content, str) else content
    assert b"<NFe" in data


@pytest.mark.usefixtures("addresses")
def test_of_the_past_and_of_cancelled_notes_nobody_is_told(world: World) -> None:
    today = date.today()
    take_in(world, note_of(world.other, "dora", number=1, issued_on=today - timedelta(days=200)))
    take_in(world, note_of(world.other, "dora", number=2, issued_on=today, state=NoteState.CANCELLED))
    note = note_of(world.other, "dora", number=3, issued_on=today)
    with telling_nobody():
        take_in(world, note)
    assert told(world) == []


@pytest.mark.usefixtures("addresses")
def test_an_address_that_was_taken_away_gets_nothing(world: World) -> None:
    take_in(world, note_of(world.other, "dora", issued_on=date.today()))
    with company_scope(world.other.company):
        FiscalAddress.objects.all().delete()
    mail.outbox.clear()
    for message in told(world):
        attempt(message.pk, world.other.company)
    assert mail.outbox == []
