"""Sister companies: whoever proved an address to one is known to the others of its group, and to nobody else."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.html import escape

from portal_modules.accounts.models import LegalAcceptance, LegalText
from portal_modules.core.access import Level
from portal_modules.core.actions import create_company, dissolve_group, keep_group
from portal_modules.core.actions.company import NewCompany
from portal_modules.core.models import Company, CompanyGroup, LogEntry
from portal_modules.core.scope import company_scope, platform_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Customer, Membership
from tests.accounts.people import Visitor
from tests.accounts.test_legal import publish
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World, add_customer, make_process
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

THERE = at("my/", alias="altura")


@pytest.fixture
def at_sister(world: World) -> Customer:
    """Alice is also a customer of altura."""
    with company_scope(world.other.company):
        return add_customer(world.other, "branch", world.alice, [CustomerRole.OWNER])


@pytest.fixture
def group(world: World, at_sister: Customer) -> CompanyGroup:
    """castro-lima and altura are sisters."""
    return keep_group("Both", [world.home.company.pk, world.other.company.pk], by=world.root)


@pytest.fixture
def alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


@pytest.mark.row("S08")
@pytest.mark.row("A37")
def test_the_sisters_customers_are_in_the_selector_and_one_goes_there_without_signing_in(
    world: World, group: CompanyGroup, alice: Browser, at_sister: Customer
) -> None:
    home = text_of(alice.get(at("my/")))
    assert f"Branch {MARKER}" in home
    choose = at("my/customer/", alias="altura")
    assert f'action="{choose}"' in home
    answer = alice.post(choose, {"customer": at_sister.uuid})
    assert (answer.status_code, answer.url) == (303, THERE)
    page = text_of(alice.get(at("my/processes/", alias="altura")))
    assert str(world.other.processes["branch"].pk) in page
    assert str(world.other.processes["dora"].pk) not in page
    back = text_of(alice.get(THERE))
    assert "Alice CASTRO-OWN" in back, "and the way back"


@pytest.mark.row("S08")
def test_one_list_has_a_column_for_the_company(world: World, group: CompanyGroup, alice: Browser) -> None:
    page = text_of(alice.get(at("my/everywhere/")))
    for side, name in ((world.home, "alice"), (world.other, "branch")):
        record = side.processes[name]
        assert f"{side.company.path_prefix}/en/my/processes/{record.pk}/" in page
        assert f'<td data-label="Company">{escape(side.company.name)}</td>' in page
    for side, name in ((world.home, "charlie"), (world.other, "dora")):
        assert str(side.processes[name].pk) not in page
    assert alice.get(at("my/everywhere/", alias="altura")).status_code == 200
    assert alice.get(f"{at('my/everywhere/')}?page=9").status_code == 404


@pytest.mark.row("S08")
def test_what_counts_there_is_the_address_and_no_more(
    world: World, group: CompanyGroup, alice: Browser
) -> None:
    """A password that was given to one is asked for again at the other."""
    assert alice.get(THERE).status_code == 200
    asked = alice.get(at("my/team/", alias="altura"))
    assert asked.status_code == 302
    assert "/access/more-proof/" in asked.url


@pytest.mark.row("S08")
def test_outside_the_group_a_sister_is_a_stranger(world: World, at_sister: Customer, alice: Browser) -> None:
    assert alice.get(THERE).status_code == 302
    assert MARKER not in text_of(alice.get(at("my/")))
    assert alice.get(at("my/everywhere/")).status_code == 404
    assert alice.post(at("my/customer/", alias="altura"), {"customer": at_sister.uuid}).status_code == 302

    third = create_company(NewCompany(name="Third", alias="third", country="PT"), by=None)
    with company_scope(third):
        customer = Customer.objects.create(name="Third of Alice", country="PT")
        Membership.objects.create(customer=customer, user=world.alice, roles=[CustomerRole.OWNER])
    keep_group("Both", [world.home.company.pk, world.other.company.pk], by=world.root)
    assert alice.get(THERE).status_code == 200
    assert alice.get(at("my/", alias="third")).status_code == 302
    assert "Third" not in text_of(alice.get(at("my/")))


@pytest.mark.row("S08")
def test_the_list_over_all_is_paged_searched_and_taken_along(
    world: World, group: CompanyGroup, alice: Browser
) -> None:
    """All of it, and not the newest only; whatever is found, paged and exported is what is listed."""
    with company_scope(world.home.company):
        mine = [
            make_process(
                world.home, world.home.customers["alice"], opened_on=date(2020, 1, 1) + timedelta(days=n)
            )
            for n in range(45)
        ]
    wanted = {str(process.pk) for process in mine} | {
        str(world.home.processes["alice"].pk),
        str(world.other.processes["branch"].pk),
    }
    url = at("my/everywhere/")

    def listed(query: str = "") -> list[str]:
        """The records on all pages."""
        found: list[str] = []
        for number in range(1, 9):
            page = alice.get(f"{url}?{query}page={number}")
            if page.status_code == 404:
                break
            found += re.findall(
                r'<th scope="row"><a href="[^"]*/my/processes/([0-9a-f-]{36})/"', text_of(page)
            )
        return found

    every = listed()
    assert sorted(every) == sorted(wanted), "each once"
    assert every[:2] == [str(world.home.processes["alice"].pk), str(world.other.processes["branch"].pk)] or (
        every[1::-1] == [str(world.home.processes["alice"].pk), str(world.other.processes["branch"].pk)]
    ), "newest first"
    number = mine[0].lookup_number
    assert listed(f"q={number}&") == [str(mine[0].pk)], "the oldest is found, too"
    assert listed(f"q=BRANCH&company={world.other.company.uuid}&") == [
        str(world.other.processes["branch"].pk)
    ]
    assert listed("q=nothing+like+this&") == []
    assert "Nothing found" in text_of(alice.get(f"{url}?q=nothing+like+this"))
    file = b"".join(alice.get(f"{url}csv/").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert len(file.strip().splitlines()) == 1 + len(wanted)
    for name in ("charlie", "dora"):
        side = world.home if name == "charlie" else world.other
        assert side.customers[name].name not in file
    assert alice.get(f"{url}xlsx/?q={number}").status_code == 200
    assert alice.get(f"{url}pdf/").status_code == 404
    for odd in ("0", "-1", "9", "x", "1e3", "", "99999999"):
        assert alice.get(f"{url}?page={odd}").status_code == 404, odd
    assert alice.get(f"{url}?q=%27%22&company=nonsense").status_code == 200


def test_who_has_nothing_at_a_sister_sees_nothing_of_it(world: World, group: CompanyGroup) -> None:
    bob = Browser().sign_in(world.bob, world.home.company)
    assert MARKER not in text_of(bob.get(at("my/")))
    assert bob.get(THERE).status_code == 302
    assert bob.get(at("my/everywhere/")).status_code == 404
    visitor = Browser().with_number(world.home.company, world.home.processes["alice"].pk)
    assert visitor.get(THERE).status_code == 302


def test_a_tax_id_is_no_proof_to_a_sister(world: World, group: CompanyGroup) -> None:
    browser = Browser().sign_in(world.alice, world.home.company, Level.TAX_ID)
    assert browser.get(THERE).status_code == 302


def test_the_group_dissolved_ends_it_in_running_sessions(
    world: World, group: CompanyGroup, alice: Browser
) -> None:
    assert alice.get(THERE).status_code == 200
    dissolve_group(group, by=world.root)
    assert alice.get(THERE).status_code == 302
    assert alice.get(at("my/")).status_code == 200
    for side in (world.home, world.other):
        with company_scope(side.company):
            told = LogEntry.objects.filter(action__in=("core.join_group", "core.leave_group"))
            assert told.count() == 2, "the company's own people see both"


def test_an_access_that_was_taken_away_there_opens_nothing(
    world: World, group: CompanyGroup, alice: Browser, at_sister: Customer
) -> None:
    with company_scope(world.other.company):
        Customer.objects.filter(pk=at_sister.pk).update(archived_at="2026-01-01T00:00Z")
    assert alice.get(THERE).status_code == 302
    assert f"Branch {MARKER}" not in text_of(alice.get(at("my/")))


def test_a_sisters_new_terms_are_accepted_first(world: World, group: CompanyGroup, alice: Browser) -> None:
    with company_scope(world.other.company):
        LegalText.objects.create(
            kind="terms",
            version=1,
            body_en="<p>New</p>",
            body_pt="<p>Novo</p>",
            published_at="2026-01-01T00:00Z",
        )
    assert alice.get(THERE).status_code == 302
    together = text_of(alice.get(at("my/everywhere/")))
    assert str(world.home.processes["alice"].pk) in together
    assert str(world.other.processes["branch"].pk) not in together
    asked = alice.get(at("access/sign-in/", alias="altura"))
    assert asked.status_code == 302
    assert "/p/altura/en/access/agree/" in asked.url
    page = text_of(alice.get(asked.url))
    assert "New" in page or "terms" in page.lower()


def test_what_is_accepted_at_a_sister_holds_there_alone(
    world: World, group: CompanyGroup, alice: Browser
) -> None:
    for side in (world.home, world.other):
        publish(side)
    with as_owner():
        LegalAcceptance._base_manager.all().delete()
    assert alice.get(at("my/")).status_code == 200, "who is in at her own company goes on"
    wanted = alice.get(THERE)
    asked = alice.get(wanted.url)
    assert asked.url.startswith("/p/altura/en/access/agree/")
    page = text_of(alice.get(asked.url))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    form = asked.url.partition("?")[0]
    assert alice.post(form, {"seen": seen}).status_code == 422, "nothing is accepted by looking"
    assert alice.get(THERE).status_code == 302
    done = alice.post(form, {"seen": seen, "accept": "on", "next": THERE})
    assert done.url == THERE
    assert alice.get(THERE).status_code == 200
    with as_owner():
        [kept] = LegalAcceptance._base_manager.select_related("text")
    assert (kept.user_id, kept.text.company_id) == (world.alice.pk, world.other.company.pk)
    assert alice.get(at("my/")).status_code == 200
    anew = Visitor()
    assert "/castro-lima/en/access/agree/" in anew.enter("alice@example.com").url, "nor does it count at home"


def test_accepting_terms_lets_no_stranger_in(world: World, at_sister: Customer, alice: Browser) -> None:
    """Who is signed in at one company, and at no sister of it, does not come in by the page of new terms."""
    with company_scope(world.other.company):
        text = LegalText.objects.create(
            kind="terms",
            version=1,
            body_en="<p>New</p>",
            body_pt="<p>Novo</p>",
            published_at="2026-01-01T00:00Z",
        )
    alice.post(at("access/agree/", alias="altura"), {f"text_{text.pk}": "on", "accept": "on", "agree": "on"})
    assert alice.get(THERE).status_code == 302


# ---- who makes groups -----------------------------------------------------------------------------

FORM = "/admin/companies/groups/new/"


def company_ids(world: World) -> list[int]:
    return [world.home.company.pk, world.other.company.pk]


@pytest.mark.row("S08")
def test_the_platforms_administrator_makes_and_dissolves_groups(world: World) -> None:
    root = Browser().sign_in(world.root)
    answer = root.post(FORM, {"name": "Both", "companies": company_ids(world)})
    assert (answer.status_code, answer.url) == (302, "/admin/companies/groups/")
    page = text_of(root.get("/admin/companies/groups/"))
    assert "Both" in page
    assert MARKER in page
    with platform_scope():
        group = CompanyGroup.objects.get()
        assert group.companies.count() == 2
    own = f"/admin/companies/groups/{group.pk}/"
    assert root.post(own, {"name": "Both of them", "companies": company_ids(world)}).status_code == 302
    assert "Both of them" in text_of(root.get(own))
    assert root.post(f"{own}dissolve/").status_code == 302
    with platform_scope():
        assert not CompanyGroup.objects.exists()
        assert not Company.objects.exclude(group=None).exists()


@pytest.mark.parametrize("person", ["manager", "alice"])
def test_nobody_else_makes_groups(world: World, person: str) -> None:
    browser: Any = Browser()
    browser.sign_in(world.home.manager if person == "manager" else world.alice)
    for path in ("/admin/companies/groups/", FORM):
        assert browser.get(path).status_code in {302, 403}
    assert browser.post(FORM, {"name": "Mine", "companies": company_ids(world)}).status_code in {302, 403}
    with platform_scope():
        assert not CompanyGroup.objects.exists()


@pytest.mark.parametrize("count", [0, 1])
def test_a_group_has_two_companies_at_least(world: World, count: int) -> None:
    root = Browser().sign_in(world.root)
    answer = root.post(FORM, {"name": "Both", "companies": company_ids(world)[:count]})
    assert answer.status_code == 422
    assert root.post(FORM, {"name": "Both", "companies": [987654]}).status_code == 422
    with platform_scope():
        assert not CompanyGroup.objects.exists()
