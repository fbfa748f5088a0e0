"""The list of a register: found, filtered, sorted, grouped and exported, and never about anybody else."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from wagtail import hooks

from portal_modules.core.actions import revoke_staff
from portal_modules.core.admin.paging import page_of
from portal_modules.core.admin.registers import registers
from portal_modules.core.choices import JobState
from portal_modules.core.exceptions import Refusal
from portal_modules.core.jobs import do_at_once
from portal_modules.core.models import Job, LogEntry, StaffMembership
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact, Customer, CustomerGroup
from portal_modules.processes.models import Process
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World, make_process

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "es", "pt-br", "pt-pt"])
def test_no_two_columns_of_a_register_have_the_same_heading(language: str) -> None:
    """In the list and in what is exported; what is offered to choose is asked for in the next test."""
    hooks.search_for_hooks()
    assert len(registers) > 15
    with translation.override(language):
        for key, register in registers.items():
            for names in ([*register.list_display, *register.list_columns], register.list_export):
                labels = [register.column(name).label.casefold() for name in dict.fromkeys(names)]
                assert len(labels) == len(set(labels)), (key, sorted(labels))


def test_each_column_is_offered_once(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    for register in registers.values():
        answer = manager.get(f"{register.url_helper.index_url}?all=1")
        if answer.status_code == 200:
            labels = [label for _name, label, _shown in answer.context["column_choices"]]
            assert len(labels) == len(set(labels)), register.key


REGISTER = "/admin/processes/process/"
CUSTOMERS = "/admin/customers/customer/"
CONTACTS = "/admin/customers/contact/"


@pytest.fixture
def clerk(world: World) -> Browser:
    return Browser().sign_in(world.home.clerk)


def text_of(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode())


def shown(answer: Any) -> list[Any]:
    assert answer.status_code == 200
    return [row.row.pk for row in answer.context["rows"]]


def processes(world: World, count: int, **fields: Any) -> list[Process]:
    with company_scope(world.home.company):
        return [make_process(world.home, world.home.customers["alice"], **fields) for _each in range(count)]


@pytest.mark.row("V04")
def test_a_row_leads_to_its_page_and_says_its_state_in_words(world: World, clerk: Browser) -> None:
    process = world.home.processes["alice"]
    page = text_of(clerk.get(REGISTER))
    assert f'href="/admin/processes/process/inspect/{process.pk}/"' in page
    assert "balcao-state--busy" in page
    assert ">Open</span>" in page
    assert process.number_shown in page
    assert "days late" in page


def test_numbers_and_tax_ids_are_found_however_they_are_typed(world: World, clerk: Browser) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        Customer.objects.filter(pk=process.customer_id).update(tax_id="501964843")
    number = process.number_shown
    for words in (number, number.lower(), number.replace("-", " "), f"#{number}", number[:6], "501 964 843"):
        assert process.pk in shown(clerk.get(REGISTER, {"q": words})), words
    assert shown(clerk.get(REGISTER, {"q": "501.964.999"})) == []


def test_names_are_found_without_their_accents(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        found = Customer.objects.create(name="João Conceição Müller", country="PT")
    for words in ("joao conceicao", "MULLER joão", "Conceição"):
        assert shown(clerk.get(CUSTOMERS, {"q": words})) == [found.pk], words


def test_words_may_be_of_the_row_and_of_its_customer(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        customer = Customer.objects.create(name="Ínez Araújo", country="PT", tax_id="501964843")
        person = Contact.objects.create(
            customer=customer, name="Tomé", email="tome@ines.example", phone="+351 912 000 111"
        )
        process = make_process(world.home, customer, title="Visto de trabalho", registry_number="IRN 4/2026")
    for words in ("visto araujo", "IRN inez", "trabalho", "4/2026", "501 964"):
        assert shown(clerk.get(REGISTER, {"q": words})) == [process.pk], words
    assert shown(clerk.get(REGISTER, {"q": "visto silva"})) == []
    for words in ("tome araujo", "tome@ines", "912000111", "501964843"):
        assert shown(clerk.get(CONTACTS, {"q": words})) == [person.pk], words
    stranger = Browser().sign_in(world.other.clerk)
    for register in (REGISTER, CONTACTS, CUSTOMERS):
        assert shown(stranger.get(register, {"q": "araujo"})) == []


@pytest.mark.parametrize("words", ["%", "_", "'", "a" * 5000, "\\", "🐟", " ", "( | & !"])
def test_any_words_can_be_searched_for(clerk: Browser, words: str) -> None:
    for register in (REGISTER, CUSTOMERS, CONTACTS):
        assert clerk.get(register, {"q": words}).status_code == 200


def test_the_filters_leave_what_they_say(world: World, clerk: Browser) -> None:
    alice, today = world.home.processes["alice"], "2026-03-02"
    [closed] = processes(world, 1, state="closed", phase=world.home.phases[2], opened_on="2026-01-15")
    cases: list[tuple[dict[str, Any], bool, bool]] = [
        ({"state__exact": "open"}, True, False),
        ({"state__exact": "closed"}, False, True),
        ({"kind__id__exact": world.home.kind.pk, "phase__id__exact": world.home.phases[2].pk}, False, True),
        ({"phase__id__exact": world.home.phases[1].pk}, True, False),
        ({"opened_on__gte": today}, True, False),
        ({"opened_on__lte": "2026-01-15"}, False, True),
        ({"opened_on__gte": "2026-01-15", "opened_on__lte": today}, True, True),
        ({"late": "yes"}, True, False),
        ({"person_in_charge__isnull": "True"}, True, True),
        ({"customer__id__exact": alice.customer_id}, True, True),
        ({"customer__id__exact": world.home.customers["charlie"].pk}, False, False),
    ]
    for query, has_open, has_closed in cases:
        found = shown(clerk.get(REGISTER, query))
        assert (alice.pk in found, closed.pk in found) == (has_open, has_closed), query


@pytest.mark.parametrize(
    "query",
    [
        "person_in_charge__password__startswith=a",
        "registry_key__isnull=False",
        "company__version__gte=1",
        "customer__contacts__email__startswith=a",
        "nothing=1",
        "state__exact=%00",
        "opened_on__gte=yesterday",
        "opened_on__gte=2026-13-41",
        "opened_on__gte=99999999-01-01",
        "customer__id__exact=x",
        "customer__id__exact=99999999999999999999999",
        "kind__id__exact=x",
        "kind__id__exact=99999999999999999999999",
        "phase__id__exact=%F0%9F%90%9F",
        "phase__id__exact=%C2%B2",
        "kind__id__exact=%C2%B2",
        "person_in_charge__id__exact=99999999999999999999",
        "p=99999999999999999999999",
        "p=-3",
        "p=x",
        "sort=nothing",
        "sort=company",
        "sort=--",
        "columns=registry_key,company,objects",
        "group=company",
        "group=registry_key",
        "view=999999",
        "view=x",
        "export=pdf",
        "late=no",
        "%00=1",
    ],
)
def test_no_address_breaks_the_list(world: World, clerk: Browser, query: str) -> None:
    answer = clerk.get(f"{REGISTER}?{query}")
    assert answer.status_code in {200, 400}, answer.status_code
    if answer.status_code == 200:
        assert "registry_key" not in [column.name for column in answer.context["view"].columns]


@pytest.mark.parametrize(
    "query",
    [
        "person_in_charge__password__startswith=pbkdf2",
        "registry_key__isnull=False",
        "customer__contacts__email=x",
    ],
)
def test_a_list_answers_no_question_about_other_columns(clerk: Browser, query: str) -> None:
    assert clerk.get(f"{REGISTER}?{query}").status_code == 400
    assert clerk.get(f"{REGISTER}?{query}&export=csv").status_code == 400


def test_each_column_sorts_both_ways_and_always_the_same(world: World, clerk: Browser) -> None:
    processes(world, 30, opened_on="2026-02-01", phase_since="2026-02-01")
    for name in ("number_shown", "customer", "kind", "phase", "phase_since", "person_in_charge", "closed_on"):
        up = shown(clerk.get(REGISTER, {"sort": name})) + shown(clerk.get(REGISTER, {"sort": name, "p": 2}))
        assert len(up) == len(set(up)) == 32, name
        assert clerk.get(REGISTER, {"sort": f"-{name}"}).status_code == 200
    numbers = shown(clerk.get(REGISTER, {"sort": "number_shown"}))
    last = shown(clerk.get(REGISTER, {"sort": "-number_shown"}))
    assert numbers[0] != last[0]
    assert 'aria-sort="descending"' in text_of(clerk.get(REGISTER, {"sort": "-number_shown"}))


def test_pages_do_not_overlap_and_one_behind_the_end_is_the_last(world: World, clerk: Browser) -> None:
    processes(world, 58)
    pages = [shown(clerk.get(REGISTER, {"p": number})) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [25, 25, 10]
    assert len({pk for page in pages for pk in page}) == 60
    assert shown(clerk.get(REGISTER, {"p": 9999})) == pages[2]
    assert "51 to 60 of 60" in text_of(clerk.get(REGISTER, {"p": 3}))


def test_it_stops_counting_and_still_pages(world: World) -> None:
    processes(world, 38)
    with company_scope(world.home.company):
        everything = Process.objects.order_by("pk")
        first, last = (page_of(everything, number, 10, counted=20) for number in (1, 500))
    assert (first.is_more, first.count, first.has_next, first.numbers()) == (True, 20, True, [1, 2])
    assert (last.number, len(last.rows), last.has_next) == (4, 10, False)


@pytest.mark.row("V01")
def test_columns_are_chosen_and_groups_lead_to_their_rows(world: World, clerk: Browser) -> None:
    processes(world, 3, phase=world.home.phases[2])
    page = clerk.get(REGISTER, {"columns": ["number_shown", "registry_number"]})
    assert [heading.label for heading in page.context["headings"]] == ["Number", "Number at the registry"]
    assert "REG-77" in text_of(page)
    grouped = clerk.get(REGISTER, {"group": "phase"})
    groups = grouped.context["groups"]
    assert [(group.label.split()[0], group.count) for group in groups] == [("Registry", 2), ("Decision", 3)]
    assert len(shown(clerk.get(REGISTER + groups[1].url))) == 3
    for name in ("kind", "state", "person_in_charge"):
        for group in clerk.get(REGISTER, {"group": name}).context["groups"]:
            assert len(shown(clerk.get(REGISTER + group.url))) == group.count, name


def test_an_export_has_what_the_filters_leave_with_the_columns_that_were_chosen(
    world: World, clerk: Browser
) -> None:
    processes(world, 2, title="=1+1", state="closed")
    query = {"state__exact": "closed", "columns": "title,opened_on,customer", "export": "csv"}
    answer = clerk.get(REGISTER, query)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="processes-')
    rows = list(csv.reader(io.StringIO(text_of(answer).removeprefix("\ufeff"))))
    assert rows[0] == ["About", "Opened on", "Customer"]
    assert rows[1:] == [["'=1+1", "2026-03-02", "Alice CASTRO-OWN"]] * 2
    answer = clerk.get(REGISTER, {**query, "export": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = list(book.worksheets[0].iter_rows())
    assert [(cell.value, cell.data_type) for cell in cells[1]][0] == ("=1+1", "s")
    assert cells[1][1].is_date
    assert len(cells) == 3
    with company_scope(world.home.company):
        taken = LogEntry.objects.filter(action="core.export")
        assert [entry.details["format"] for entry in taken] == ["xlsx", "csv"]
        assert {entry.actor_id for entry in taken} == {world.home.clerk.pk}


def test_no_register_shows_or_exports_another_company(world: World) -> None:
    stranger = Browser().sign_in(world.other.clerk)
    theirs = world.home.processes["alice"]
    for query in ("", "?export=csv", "?group=phase", "?group=kind", f"?q={theirs.number_shown}", "?q=REG"):
        assert "CASTRO-OWN" not in text_of(stranger.get(REGISTER + query)), query
    for query in (
        f"?customer__id__exact={theirs.customer_id}",
        f"?kind__id__exact={theirs.kind_id}",
        f"?phase__id__exact={theirs.phase_id}",
        f"?person_in_charge__id__exact={world.home.clerk.pk}",
    ):
        answer = stranger.get(REGISTER + query)
        assert shown(answer) == []
        assert "CASTRO-OWN" not in text_of(answer)
    assert MARKER in text_of(stranger.get(REGISTER))


def test_what_is_not_found_and_what_is_not_there_yet_are_said_differently(
    world: World, clerk: Browser
) -> None:
    assert "Nothing was found." in text_of(clerk.get(REGISTER, {"q": "xylophone"}))
    page = text_of(clerk.get("/admin/customers/customergroup/"))
    assert "Nothing here yet." in page
    assert "/admin/customers/customergroup/create/" in page


def test_many_rows_leave_as_a_job_with_a_file_to_fetch(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        CustomerGroup.objects.bulk_create(CustomerGroup(name=f"Group {number:04}") for number in range(5_001))
    groups = "/admin/customers/customergroup/"
    for format_, count in (("csv", 5_002), ("xlsx", 0)):
        answer = clerk.get(f"{groups}?q=group&export={format_}")
        assert answer.headers["Location"].startswith("/admin/jobs/")
        with company_scope(world.home.company):
            job = do_at_once(Job.objects.get(kind="core.export", parameters__format=format_))
            assert (job.state, job.done, job.refused) == (JobState.DONE, 5_001, 0)
        fetched = clerk.get(f"{answer.headers['Location']}file/")
        body = b"".join(fetched.streaming_content)  # type: ignore[attr-defined]
        assert f".{format_}" in fetched.headers["Content-Disposition"]
        assert body.count(b"\r\n") == count if count else body.startswith(b"PK")
        assert "Group" in text_of(clerk.get(answer.headers["Location"]))
        stranger = Browser().sign_in(world.other.clerk)
        assert stranger.get(f"{answer.headers['Location']}file/").status_code == 404


def test_who_may_no_longer_see_the_rows_gets_no_file(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        CustomerGroup.objects.bulk_create(CustomerGroup(name=f"Group {number:04}") for number in range(5_001))
    clerk.get("/admin/customers/customergroup/?export=csv")
    with company_scope(world.home.company):
        revoke_staff(StaffMembership.objects.get(user=world.home.clerk), by=None)
        with pytest.raises(Refusal):
            do_at_once(Job.objects.get(kind="core.export"))
        assert not Job.objects.get(kind="core.export").file
