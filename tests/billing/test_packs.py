"""The accountant's pack: asked for, made by a job, taken along for a week, every month by itself, and then gone."""

from __future__ import annotations

import csv
import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import storages
from django.utils import translation
from openpyxl import load_workbook

from portal_modules.billing.actions import ask_for_pack, forget_packs, give_to_agency
from portal_modules.billing.events import PACK_READY
from portal_modules.billing.housework import forget_papers
from portal_modules.billing.models import AccountantPack, PackSubscription
from portal_modules.billing.printing import KEPT_BELOW
from portal_modules.billing.tasks import make_packs_everywhere, tidy_up_everywhere
from portal_modules.core.choices import JobState
from portal_modules.core.exceptions import Refusal
from portal_modules.core.jobs import do_at_once
from portal_modules.core.models import Job, LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Membership
from portal_modules.notifications.delivery import attempt
from portal_modules.notifications.models import OutboxMessage
from tests.billing.claiming import claim
from tests.billing.issuing import note_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

PACKS = "/p/castro-lima/en/my/billing/packs/"
LAST = {"since": "2020-01-01", "until": "2030-12-31"}


@pytest.fixture
def alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def packs(world: World) -> list[AccountantPack]:
    with company_scope(world.home.company):
        return list(AccountantPack.objects.select_related("customer").order_by("asked_at"))


def made(world: World) -> AccountantPack:
    """The newest, once its job was done."""
    with company_scope(world.home.company), translation.override("en"):
        for job in Job.objects.filter(kind="billing.pack", state=JobState.WAITING):
            do_at_once(job)
    return packs(world)[-1]


def opened(browser: Browser, pack: AccountantPack) -> zipfile.ZipFile:
    answer: Any = browser.get(f"{PACKS}{pack.pk}/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    return zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))


def index_of(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(archive.read("index.csv").decode("utf-8-sig"))))


def mailed(world: World) -> list[Any]:
    mail.outbox.clear()
    with company_scope(world.home.company):
        messages = list(OutboxMessage.objects.filter(event=PACK_READY))
    for message in messages:
        attempt(message.pk, world.home.company)
    return mail.outbox


@pytest.mark.row("E17")
def test_a_period_comes_as_one_file_with_pdfs_xml_and_index(world: World, alice: Browser) -> None:
    with company_scope(world.home.company):
        first, kept_back = claim(world.home, "alice", "40"), claim(world.home, "alice", "7")
        give_to_agency(kept_back, by=None)
        claim(world.home, "charlie", "5000")
    note = note_of(world.home, "alice", invoice=first)
    note_of(world.home, "charlie", number=77)
    assert "None so far" in alice.get(PACKS).content.decode()
    assert alice.post(PACKS, LAST).status_code == 302
    waiting = packs(world)[0]
    row = alice.get(f"{PACKS}{waiting.pk}/row/").content.decode()
    assert "0 %" in row
    assert "every 2s" in row
    assert alice.get(f"{PACKS}{waiting.pk}/").status_code == 404, "not there yet"
    pack = made(world)
    assert pack.documents == 3
    assert f"{PACKS}{pack.pk}/" in alice.get(PACKS).content.decode()
    archive = opened(alice, pack)
    assert archive.testzip() is None
    names = set(archive.namelist())
    assert names == {
        f"invoices/{first.number}.pdf",
        f"notes/nfe-{note.number}.xml",
        f"notes/nfe-{note.number}.pdf",
        "index.csv",
        "index.xlsx",
    }
    assert archive.read(f"notes/nfe-{note.number}.xml") == note.xml.storage.open(note.xml.name).read()
    assert archive.read(f"invoices/{first.number}.pdf").startswith(b"%PDF")
    rows = index_of(archive)
    assert {row["Number"] for row in rows} == {first.number, kept_back.number, note.number_of_series}
    by_number = {row["Number"]: row for row in rows}
    assert "agency" in by_number[kept_back.number]["Remarks"]
    assert by_number[note.number_of_series]["Invoice"] == first.number
    assert by_number[first.number]["Amount"] == "40.00"
    sheet = load_workbook(BytesIO(archive.read("index.xlsx"))).active
    assert sheet is not None
    assert sheet.max_row == len(rows) + 1
    with company_scope(world.home.company):
        assert LogEntry.objects.filter(action="billing.take_pack", object_id=str(pack.pk)).count() == 1


def test_the_one_who_asked_is_mailed_a_link_and_not_the_pack(world: World, alice: Browser) -> None:
    claim(world.home, "alice", "40")
    alice.post(PACKS, LAST)
    made(world)
    [sent] = mailed(world)
    assert world.alice.email in sent.to[0]
    assert not sent.attachments
    assert "/my/billing/packs/" in sent.body


def test_nobody_elses_by_any_address(world: World, alice: Browser) -> None:
    claim(world.home, "alice", "40")
    alice.post(PACKS, LAST)
    pack = made(world)
    charlie = Browser().sign_in(world.charlie, world.home.company)
    dora = Browser().sign_in(world.dora, world.other.company)
    for path in (f"{PACKS}{pack.pk}/", f"{PACKS}{pack.pk}/row/"):
        assert charlie.get(path).status_code == 404
        assert dora.get(path.replace("castro-lima", "altura")).status_code == 404
    assert str(pack.pk) not in charlie.get(PACKS).content.decode()
    with company_scope(world.home.company):
        Membership.objects.filter(user=world.alice).update(roles=[CustomerRole.OPERATIONS])
    assert alice.get(f"{PACKS}{pack.pk}/").status_code == 404, "who does not see invoices takes no pack"


def test_what_cannot_be_packed_is_refused_with_a_sentence(world: World, alice: Browser) -> None:
    cases = (
        ({"since": "2026-02-01", "until": "2026-01-01"}, "ends before it begins"),
        (LAST, "no invoice and no fiscal note"),
        ({"since": "", "until": "x"}, "field__error"),
    )
    for typed, words in cases:
        answer = alice.post(PACKS, typed)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert alice.post(f"{PACKS}monthly/", {"customer": "999999"}).status_code == 302, "there is one only"
    assert not packs(world)


def test_asking_twice_is_asking_once(world: World, alice: Browser) -> None:
    claim(world.home, "alice", "40")
    for _press in range(2):
        assert alice.post(PACKS, LAST).status_code == 302
    assert len(packs(world)) == 1


def test_each_month_by_subscription(world: World, alice: Browser) -> None:
    claim(world.home, "alice", "40", on=date(2026, 8, 31), due_in=5)
    claim(world.home, "alice", "9", on=date(2026, 9, 1), due_in=5)
    assert alice.post(f"{PACKS}monthly/", {}).status_code == 302
    assert "Comes every month" in alice.get(PACKS).content.decode()
    with company_scope(world.home.company):
        PackSubscription.objects.update(done_for=date(2026, 7, 1))
    make_packs_everywhere(datetime(2026, 9, 1, 12, tzinfo=UTC))
    assert not packs(world), "what is issued on the last day may come in on the first"
    for day in (2, 2, 9):
        make_packs_everywhere(datetime(2026, 9, day, 12, tzinfo=UTC))
    [pack] = packs(world)
    assert (pack.since, pack.until) == (date(2026, 8, 1), date(2026, 8, 31))
    assert made(world).documents == 1
    [sent] = mailed(world)
    assert world.alice.email in sent.to[0]
    alice.post(f"{PACKS}monthly/", {"end": "1"})
    make_packs_everywhere(datetime(2026, 10, 5, 12, tzinfo=UTC))
    assert len(packs(world)) == 1


def test_who_lost_their_access_gets_nothing_every_month(world: World, alice: Browser) -> None:
    claim(world.home, "alice", "40", on=date(2026, 8, 31), due_in=5)
    alice.post(f"{PACKS}monthly/", {})
    with company_scope(world.home.company):
        PackSubscription.objects.update(done_for=date(2026, 7, 1))
        Membership.objects.filter(user=world.alice).update(until=datetime(2026, 8, 1, tzinfo=UTC))
    make_packs_everywhere(datetime(2026, 9, 2, 12, tzinfo=UTC))
    assert not packs(world)


def test_after_a_week_it_is_gone_with_its_file(world: World, alice: Browser) -> None:
    claim(world.home, "alice", "40")
    alice.post(PACKS, LAST)
    pack = made(world)
    name, storage = pack.file.name, storages["private"]
    assert pack.made_at is not None
    with company_scope(world.home.company):
        assert forget_packs(at=pack.made_at + timedelta(days=6, hours=23)) == 0
    with company_scope(world.home.company):
        AccountantPack.objects.update(
            made_at=pack.made_at - timedelta(days=8), asked_at=pack.asked_at - timedelta(days=8)
        )
    assert alice.get(f"{PACKS}{pack.pk}/").status_code == 404, "also before somebody tidies up"
    assert storage.exists(name)
    tidy_up_everywhere()
    assert not storage.exists(name)
    assert not packs(world)


def test_drawn_papers_go_after_a_month_and_are_drawn_anew(world: World, alice: Browser) -> None:
    invoice = claim(world.home, "alice", "40")
    path = f"/p/castro-lima/en/my/billing/invoices/{invoice.pk}/"
    assert alice.get(f"{path}pdf/").status_code == 200
    assert alice.get(f"{path}page/").status_code == 200
    storage: Any = storages["private"]
    top = f"{KEPT_BELOW}/{world.home.company.pk}"
    assert storage.listdir(top)[0]
    now = datetime.now(UTC)
    assert forget_papers(world.home.company.pk, at=now + timedelta(days=29)) == 0
    assert forget_papers(world.home.company.pk, at=now + timedelta(days=31)) >= 2
    assert not any(storage.listdir(f"{top}/{folder}")[1] for folder in storage.listdir(top)[0])
    assert alice.get(f"{path}page/").status_code == 200


def test_a_pack_whose_making_failed_says_so(world: World, alice: Browser) -> None:
    claim(world.home, "alice", "40")
    alice.post(PACKS, LAST)
    with company_scope(world.home.company):
        Job.objects.update(state=JobState.FAILED, ended_at=datetime.now(UTC))
    assert "did not work" in alice.get(PACKS).content.decode()
    alice.post(PACKS, LAST)
    assert len(packs(world)) == 2, "it can be asked for again"


def test_too_much_is_refused_before_anything_begins(world: World) -> None:
    with company_scope(world.home.company):
        with translation.override("en"), pytest.raises(Refusal, match="no invoice"):
            ask_for_pack(
                world.home.customers["alice"], since=date(2020, 1, 1), until=date(2020, 1, 2), by=None
            )
        assert not Job.objects.filter(kind="billing.pack").exists()
