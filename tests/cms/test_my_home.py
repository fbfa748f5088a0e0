"""The customer's home: first the answer, then the ways into what is theirs."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import HomeState
from portal_modules.customers.models import Customer, HomeText, StaffProfile
from portal_modules.customers.welcome import state_of
from portal_modules.processes.models import Phase, Process
from portal_modules.users.models import User
from tests.processes.conftest import count_queries  # noqa: F401 (a fixture)
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World, make_process
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

HOME = at("my/")
CARDS = at("my/cards/")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


@pytest.mark.row("C02")
def test_it_says_first_where_the_business_stands(world: World, alice: Browser) -> None:
    page = text_of(alice.get(HOME))
    assert "Registry CASTRO-OWN" in page
    assert "Since 12 May 2026" in page
    assert str(world.home.processes["alice"].pk) in page
    assert str(world.home.processes["charlie"].pk) not in page


def test_what_the_customer_can_do_comes_before_what_they_wait_for(world: World, alice: Browser) -> None:
    with company_scope(world.home.company):
        phase = world.home.phases[0]
        Phase.objects.filter(pk=phase.pk).update(
            customer_action="Do", customer_action_en="Send us the papers."
        )
        make_process(world.home, world.home.customers["alice"], phase=phase, title="Second matter")
    page = text_of(alice.get(HOME))
    assert page.index("Send us the papers.") < page.index("Matter CASTRO-OWN")


@pytest.mark.row("C08", "C09")
def test_the_numbers_on_the_cards_load_after_the_page(world: World, alice: Browser) -> None:
    page = text_of(alice.get(HOME))
    assert f'hx-get="{CARDS}"' in page
    assert f'href="{at("my/processes/")}"' in page
    with company_scope(world.home.company):
        make_process(world.home, world.home.customers["alice"])
        make_process(world.home, world.home.customers["charlie"])
    assert '<span class="card__count">2</span>' in text_of(alice.get(CARDS, headers=HTMX))
    assert alice.get(CARDS).headers["Location"] == HOME
    assert "Open reviews" not in page, "there is none"


def heading(answer: Any) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text_of(answer), re.DOTALL)
    return found[1] if found else ""


@pytest.mark.row("C10")
def test_it_speaks_the_companys_words_for_how_things_are(world: World, alice: Browser) -> None:
    company = world.home.company
    assert heading(alice.get(HOME)) == "Welcome to your area"
    with as_owner():
        User.objects.filter(pk=world.alice.pk).update(created_at=timezone.now() - timedelta(days=2))
    assert heading(alice.get(HOME)) == "Nothing waits for you"
    with company_scope(company):
        HomeText.objects.create(
            state=HomeState.NOTHING,
            title_en="All well, {customer_name}",
            title_pt="Tudo bem, {customer_name}",
        )
    assert heading(alice.get(HOME)) == "All well, Alice"
    assert heading(alice.get(at("my/", "pt"))) == "Tudo bem, Alice"
    assert (
        heading(Browser().sign_in(world.dora, world.other.company).get(at("my/", alias="altura")))
        != "All well"
    )
    with company_scope(company):
        Phase.objects.filter(pk=world.home.phases[1].pk).update(customer_action="Do", customer_action_en="Do")
    assert heading(alice.get(HOME)) == "We need something from you"


def test_what_is_overdue_comes_before_what_is_to_do_and_both_before_a_welcome() -> None:
    now = timezone.now()
    assert state_of(has_overdue=True, has_to_do=True, since=now, now=now) == HomeState.OVERDUE
    assert state_of(has_overdue=False, has_to_do=True, since=now, now=now) == HomeState.TO_DO
    assert state_of(has_overdue=False, has_to_do=False, since=now, now=now) == HomeState.FIRST


def test_only_the_name_can_stand_in_braces(world: World) -> None:
    editor = Browser().sign_in(world.home.editor)
    data = {"title_pt": "Olá {nome}", "title_en": "", "title_es": "", "state": "nothing"}
    data |= {f"text_{code}": "" for code in ("pt", "es", "en")}
    assert editor.post("/admin/snippets/customers/hometext/add/", data).status_code == 200
    with company_scope(world.home.company):
        assert not HomeText.objects.exists()
    data["title_pt"] = "Olá {customer_name}"
    assert editor.post("/admin/snippets/customers/hometext/add/", data).status_code == 302
    with company_scope(world.home.company):
        assert HomeText.objects.count() == 1


@pytest.mark.row("C11")
def test_it_shows_who_is_there_for_them(world: World, alice: Browser) -> None:
    clerk = world.home.clerk
    with company_scope(world.home.company):
        StaffProfile.objects.create(
            user=clerk,
            name="Inês",
            job_title_en="Case manager",
            phone="+351 210 000 711",
            whatsapp="+351 910 000 711",
        )
    assert "Case manager" not in text_of(alice.get(HOME))
    with company_scope(world.home.company):
        Customer.objects.filter(pk=world.home.customers["alice"].pk).update(person_in_charge=clerk)
    page = text_of(alice.get(HOME))
    for shown in ("Inês", "Case manager", "tel:+351210000711", "https://wa.me/351910000711"):
        assert shown in page
    assert f'href="{at("my/processes/write/")}"' in page
    answer = alice.get(at("my/processes/write/"))
    assert answer.headers["Location"].endswith(f"{world.home.processes['alice'].pk}/#thread")
    charlie = Browser().sign_in(world.charlie, world.home.company)
    assert "Case manager" not in text_of(charlie.get(HOME))
    with company_scope(world.home.company):
        StaffProfile.objects.update(is_shown=False)
    assert "Case manager" not in text_of(alice.get(HOME))


@pytest.mark.parametrize("wrong", ["text", "empty", "huge"])
def test_a_photo_is_drawn_anew_or_refused(world: World, wrong: str) -> None:
    drawn = BytesIO()
    Image.new("RGB", (600, 400), (10, 120, 90)).save(drawn, "PNG")
    bytes_of = {"text": b"<svg onload=alert(1)>", "empty": b"", "huge": drawn.getvalue() + b"0" * 6_000_000}
    manager = Browser().sign_in(world.home.manager)
    data = {"user": world.home.clerk.pk, "name": "Inês", "phone": "", "whatsapp": "", "is_shown": "on"}
    data |= {f"job_title_{code}": "" for code in ("pt", "es", "en")}
    url = "/admin/snippets/customers/staffprofile/add/"
    bad = SimpleUploadedFile("me.png", bytes_of[wrong], "image/png")
    assert manager.post(url, {**data, "photo": bad}).status_code == 200
    with company_scope(world.home.company):
        assert not StaffProfile.objects.exists()
    good = SimpleUploadedFile("me.png", drawn.getvalue(), "image/png")
    assert manager.post(url, {**data, "photo": good}).status_code == 302
    with company_scope(world.home.company):
        photo = StaffProfile.objects.get().photo
        assert (photo.width, photo.height) == (224, 224)
        assert "me" not in photo.name


@pytest.mark.parametrize("count", [1, 200])
def test_it_takes_the_same_queries_at_any_size(
    world: World,
    alice: Browser,
    count_queries: Any,  # noqa: F811 (the fixture)
    count: int,
) -> None:
    with company_scope(world.home.company):
        for _each in range(count):
            make_process(world.home, world.home.customers["alice"])
        assert Process.objects.count() > count
    alice.get(HOME)
    with count_queries() as queries:
        assert alice.get(HOME).status_code == 200
    assert len(queries) <= 14, "\n".join(queries)
