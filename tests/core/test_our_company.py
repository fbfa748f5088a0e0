"""A company's people set it up themselves: name and look, channels, apps."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from portal_modules.core.actions import switch_module
from portal_modules.core.actions.setup import AlwaysOn, NeededByOthers
from portal_modules.core.logos import BOX
from portal_modules.core.models import Channel, Company, CompanyModule, LogEntry
from portal_modules.core.modules import modules
from portal_modules.core.scope import company_scope
from portal_modules.processes.models import Process
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = pytest.mark.django_db

OURS = "/admin/our-company/"
FORM = {
    "name": "Castro & Lima",
    "legal_name": "Castro & Lima Advogados, SP, RL",
    "tax_id": "",
    "address": "Rua do Ouro 1",
    "time_zone": "Europe/Lisbon",
    "color": "#7a1f5a",
}


def picture(kind: str = "PNG", size: tuple[int, int] = (1600, 400)) -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", size, "#7a1f5a").save(drawn, kind)
    return SimpleUploadedFile(f"logo.{kind.lower()}", drawn.getvalue())


def rows(prefix: str, *filled: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """What the browser sends of a formset."""
    data = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": initial}
    data |= {f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000}
    return data | {
        f"{prefix}-{at}-{name}": value for at, row in enumerate(filled) for name, value in row.items()
    }


def ours(world: World) -> Company:
    with company_scope(world.home.company):
        return Company.objects.get(pk=world.home.company.pk)


@pytest.mark.row("S07")
def test_the_manager_changes_name_colour_and_logo_and_the_pages_show_them(
    world: World, client: Client
) -> None:
    manager = Browser().sign_in(world.home.manager)
    assert manager.get(OURS).status_code == 200
    answer = manager.post(OURS, {**FORM, "logo": picture("JPEG")}, follow=True)
    assert answer.status_code == 200
    company = ours(world)
    assert (company.name, company.color) == ("Castro & Lima", "#7a1f5a")
    with company.logo.open() as kept, Image.open(kept) as logo:
        assert logo.format == "PNG"
        assert logo.width == BOX[0]
    body = client.get("/p/castro-lima/en/").content.decode()
    assert company.logo.url in body
    assert "Castro &amp; Lima" in body
    assert f"v={company.version}" in body
    with company_scope(company):
        entry = LogEntry.objects.get(action="core.change_company")
    assert entry.details["fields"] == ["address", "color", "legal_name", "logo", "name"]
    assert entry.actor_id == world.home.manager.pk


def test_the_logo_gives_way_to_the_name(world: World, client: Client) -> None:
    manager = Browser().sign_in(world.home.manager)
    manager.post(OURS, {**FORM, "logo": picture()})
    assert ours(world).logo
    manager.post(OURS, {**FORM, "remove_logo": "on"})
    assert not ours(world).logo


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"color": "red;}"},
        {"time_zone": "Mars/Base"},
        {"tax_id": "12345"},
        {"logo": SimpleUploadedFile("logo.png", b"MZ\x90\x00 not a picture")},
        {"logo": SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")},
        {"logo": SimpleUploadedFile("logo.png", b"")},
        {"logo": picture("GIF")},
    ],
)
def test_what_cannot_be_used_is_refused_and_changes_nothing(world: World, change: dict[str, Any]) -> None:
    before = ours(world)
    answer = Browser().sign_in(world.home.manager).post(OURS, {**FORM, **change})
    assert answer.status_code == 422
    after = ours(world)
    assert (after.name, after.color, after.logo.name) == (before.name, before.color, before.logo.name)


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_drawn(world: World) -> None:
    drawn = BytesIO()
    Image.new("1", (30_000, 30_000)).save(drawn, "PNG")
    upload = SimpleUploadedFile("logo.png", drawn.getvalue())
    assert Browser().sign_in(world.home.manager).post(OURS, {**FORM, "logo": upload}).status_code == 422


@pytest.mark.row("A06")
@pytest.mark.row("C03")
def test_channels_and_networks_are_changed_and_the_home_page_shows_them(world: World, client: Client) -> None:
    manager = Browser().sign_in(world.home.manager)
    data = rows(
        "channels", {"purpose": "access", "kind": "phone", "value": "+351 210 000 333", "position": 0}
    )
    data |= rows("links", {"network": "instagram", "url": "https://example.com/castro", "position": 0})
    assert manager.post(f"{OURS}channels/", data).status_code == 302
    body = client.get("/p/castro-lima/en/").content.decode()
    assert "tel:+351210000333" in body
    assert "https://example.com/castro" in body


def test_a_channel_that_nobody_could_use_is_refused(world: World) -> None:
    data = rows("channels", {"purpose": "access", "kind": "phone", "value": "call us", "position": 0})
    data |= rows("links", {"network": "x", "url": "javascript:alert(1)", "position": 0})
    answer = Browser().sign_in(world.home.manager).post(f"{OURS}channels/", data)
    assert answer.status_code == 422
    with company_scope(world.home.company):
        assert not Channel.objects.filter(value="call us").exists()


def test_a_channel_of_another_company_cannot_be_named(world: World) -> None:
    with company_scope(world.other.company):
        theirs = Channel.objects.create(purpose="support", kind="phone", value="+55 11 5555 0000")
    row = {"id": theirs.pk, "purpose": "support", "kind": "phone", "value": "+1 000 0000", "position": 0}
    data = rows("channels", row, initial=1) | rows("links")
    answer = Browser().sign_in(world.home.manager).post(f"{OURS}channels/", data)
    assert answer.status_code == 422
    with company_scope(world.other.company):
        assert Channel.objects.get(pk=theirs.pk).value == "+55 11 5555 0000"


@pytest.mark.row("U04")
def test_an_app_is_switched_off_and_on_again(world: World, client: Client) -> None:
    manager = Browser().sign_in(world.home.manager)
    lookup = "/p/castro-lima/en/lookup/"
    assert client.get(lookup).status_code == 200
    manager.post(f"{OURS}apps/processes/", {"on": "no"})
    assert client.get(lookup).status_code == 404
    assert manager.get("/admin/processes/process/").status_code in {302, 403, 404}
    assert "processes" in manager.get(f"{OURS}apps/").content.decode()
    manager.post(f"{OURS}apps/processes/", {"on": "yes"})
    assert client.get(lookup).status_code == 200


def test_before_an_app_is_switched_off_it_is_said_what_goes_and_what_stays(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    assert f'href="{OURS}apps/processes/"' in manager.get(f"{OURS}apps/").content.decode()
    page = manager.get(f"{OURS}apps/processes/").content.decode()
    with company_scope(world.home.company):
        number = Process.objects.count()
    assert number
    assert re.search(rf"Processes: <strong[^>]*>{number}</strong>", page)
    for words in ("Customers no longer have", "A business of yours entered a new phase", "Opinions"):
        assert words in page, words
    assert MARKER not in page
    with company_scope(world.home.company):
        assert not CompanyModule.objects.exists()
    assert manager.get(f"{OURS}apps/customers/").status_code == 404
    assert manager.get(f"{OURS}apps/nothing/").status_code == 404
    assert Browser().sign_in(world.home.clerk).get(f"{OURS}apps/processes/").status_code in {302, 403}


def test_what_needs_it_is_named_with_its_numbers(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    for answer in (manager.get(f"{OURS}apps/billing/"), manager.post(f"{OURS}apps/billing/", {"on": "no"})):
        page = answer.content.decode()
        assert "Without Payments" in page
        assert "Switch all of them off" in page
    assert answer.status_code == 422
    with company_scope(world.home.company):
        assert not CompanyModule.objects.exists()


def test_a_part_of_an_app_is_switched_off_by_itself(world: World, client: Client) -> None:
    manager = Browser().sign_in(world.home.manager)
    manager.post(f"{OURS}parts/processes.lookup/", {"on": "no"})
    assert client.get("/p/castro-lima/en/lookup/").status_code == 404
    assert (
        Browser().sign_in(world.alice, world.home.company).get("/p/castro-lima/en/my/processes/").status_code
        == 200
    )


def test_the_ground_floor_stays_on_and_an_unknown_app_is_not_there(world: World) -> None:
    with company_scope(world.home.company), pytest.raises(AlwaysOn):
        switch_module(world.home.company, "customers", on=False, by=None)
    manager = Browser().sign_in(world.home.manager)
    assert manager.post(f"{OURS}apps/nothing/", {"on": "no"}).status_code == 404
    assert manager.post(f"{OURS}parts/no.such.part/", {"on": "no"}).status_code == 404
    with company_scope(world.home.company):
        assert not CompanyModule.objects.exists()


def test_what_others_need_is_not_switched_off_under_them(world: World) -> None:
    needed = [
        each
        for each in modules
        if each.optional and any(one.optional for one in modules.dependants(each.label))
    ]
    for module in needed:
        with company_scope(world.home.company), pytest.raises(NeededByOthers) as refusal:
            switch_module(world.home.company, module.label, on=False, by=None)
        assert str(modules.dependants(module.label)[0].title) in str(refusal.value)


@pytest.mark.parametrize("who", ["clerk", "editor", "reader"])
def test_others_than_managers_are_refused(world: World, who: str) -> None:
    browser = Browser().sign_in(getattr(world.home, who))
    for place in ("", "channels/", "apps/"):
        assert browser.get(f"{OURS}{place}").status_code in {302, 403}
    browser.post(f"{OURS}apps/processes/", {"on": "no"})
    with company_scope(world.home.company):
        assert not CompanyModule.objects.exists()


def test_the_sample_of_a_colour(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    answer = manager.get(f"{OURS}sample.css", {"colour": "#7a1f5a"})
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "--sample-brand:#7a1f5a" in answer.content.decode()
    for colour in ("", "red", "#12345", "#12345g", "}body{"):
        assert manager.get(f"{OURS}sample.css", {"colour": colour}).status_code == 404
