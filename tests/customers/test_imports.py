"""The first Monday: customers and their people from a file, looked at before and the same twice."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from wagtail.users.models import UserProfile

from portal_modules.core.choices import JobState
from portal_modules.core.jobs import work_on
from portal_modules.core.languages import in_this_language
from portal_modules.core.models import ImportFile, ImportMapping, Job, JobFault
from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import CustomerKind
from portal_modules.customers.models import Contact, Customer, CustomerGroup
from portal_modules.notifications.models import OutboxMessage
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

NEW = "/admin/imports/new/customers/"
HEADINGS = "Código;NIF;Nome;Grupo;Contacto;E-mail;Telefone"
GOOD = [
    "C1;501964843;Padaria Central;Bakeries;Rui;RUI@padaria.example;+351 210 000 001",
    "C1;;;;Inês;ines@padaria.example;",
    "C2;;Ana Sousa;;;ana@example.com;",
]


@pytest.fixture
def clerk(world: World) -> Browser:
    return Browser().sign_in(world.home.clerk)


def csv_of(*lines: str, encoding: str = "utf-8", name: str = "customers.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\r\n".join([HEADINGS, *lines]).encode(encoding))


def brought(world: World, browser: Browser, upload: Any, address: str = NEW) -> ImportFile:
    answer = browser.post(address, {"file": upload})
    assert answer.status_code == 302, answer.content.decode()[-4000:]
    with company_scope(world.home.company):
        return ImportFile.objects.latest("created_at")


def columns(table: ImportFile) -> dict[str, str]:
    return {f"column_{name}": str(at) for name, at in table.mapping.items()}


def checked(world: World, browser: Browser, table: ImportFile, **more: Any) -> Job:
    answer = browser.post(f"/admin/imports/{table.pk}/columns/", {**columns(table), **more})
    assert answer.status_code == 302, answer.content.decode()[-4000:]
    return worked(world, answer.headers["Location"])


def loaded(world: World, browser: Browser, table: ImportFile) -> Job:
    answer = browser.post(f"/admin/imports/{table.pk}/confirm/")
    assert answer.status_code == 302
    return worked(world, answer.headers["Location"])


def worked(world: World, address: str) -> Job:
    work_on.call(address.rstrip("/").rpartition("/")[2], world.home.company.pk)
    with company_scope(world.home.company):
        return Job.objects.get(pk=address.rstrip("/").rpartition("/")[2])


def counted(job: Job) -> tuple[int, int, int, int]:
    assert job.state == JobState.DONE
    counts = [job.counts.get(name, 0) for name in ("new", "changed", "same")]
    return counts[0], counts[1], counts[2], job.refused


def histories() -> list[int]:
    """How many versions the history knows."""
    return [apps.get_model("customers", name).objects.count() for name in ("CustomerEvent", "ContactEvent")]


def faults(world: World, job: Job) -> dict[int, str]:
    with company_scope(world.home.company):
        return {
            fault.line: in_this_language(fault.reasons, "en") for fault in JobFault.objects.filter(job=job)
        }


def imported(world: World, browser: Browser, upload: Any, address: str = NEW) -> tuple[Job, Job]:
    table = brought(world, browser, upload, address)
    return checked(world, browser, table), loaded(world, browser, table)


def test_what_is_required_is_said_before_the_trial_run(world: World, clerk: Browser) -> None:
    for shown in (
        clerk.get(NEW).content.decode(),
        clerk.get(f"/admin/imports/{brought(world, clerk, csv_of(*GOOD)).pk}/columns/").content.decode(),
    ):
        assert "Required: this, or Own number." in shown
        assert "Required: this, or Tax id." in shown
        assert "Required for what is new." in shown
    table = brought(world, clerk, csv_of(*GOOD))
    answer = clerk.post(f"/admin/imports/{table.pk}/columns/", {"column_name": "2"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "One of these is needed: Tax id, Own number." in page
    assert page.count("Choose the column of the file that this is.") == 2
    with company_scope(world.home.company):
        assert not Job.objects.exists()


@pytest.mark.row("V03")
def test_a_file_is_looked_at_then_taken_in_and_the_second_time_changes_nothing(
    world: World, clerk: Browser
) -> None:
    table = brought(world, clerk, csv_of(*GOOD, "C3;123456788;Wrong;;;;", ";;Nobody;;;;"))
    assert table.mapping == {
        "tax_id": 1,
        "reference": 0,
        "name": 2,
        "group": 3,
        "contact_name": 4,
        "contact_email": 5,
        "contact_phone": 6,
    }
    page = clerk.get(f"/admin/imports/{table.pk}/columns/").content.decode()
    assert "Padaria Central" in page, "examples of what stands in a column"
    with company_scope(world.home.company):
        before = Customer.objects.count(), Contact.objects.count(), CustomerGroup.objects.count()
    job = checked(world, clerk, table)
    assert counted(job) == (3, 0, 0, 2)
    assert set(faults(world, job)) == {5, 6}
    with company_scope(world.home.company):
        now = Customer.objects.count(), Contact.objects.count(), CustomerGroup.objects.count()
        assert now == before, "a trial writes nothing"
    assert "Import 3 rows" in clerk.get(f"/admin/imports/{table.pk}/confirm/").content.decode()
    assert counted(loaded(world, clerk, table)) == (3, 0, 0, 2)
    with company_scope(world.home.company):
        bakery = Customer.objects.get(tax_id="501964843")
        assert (bakery.name, bakery.reference, bakery.kind) == (
            "Padaria Central",
            "C1",
            CustomerKind.ORGANISATION,
        )
        assert bakery.group.name == "Bakeries"
        emails = Contact.objects.filter(customer=bakery).order_by("email").values_list("email", "phone")
        assert list(emails) == [("ines@padaria.example", ""), ("rui@padaria.example", "+351 210 000 001")]
        assert Customer.objects.get(reference="C2").kind == CustomerKind.PERSON
        assert bakery.events.count() == 1, "its history begins"
        assert bakery.events.get().pgh_context.metadata["user"] == world.home.clerk.pk
        assert not OutboxMessage.objects.exists(), "nobody is told"
        events = histories()
    check, load = imported(world, clerk, csv_of(*GOOD))
    assert counted(check) == counted(load) == (0, 0, 3, 0)
    with company_scope(world.home.company):
        assert histories() == events, "the same file changes nothing"


@pytest.mark.row("V03")
def test_another_file_changes_what_it_says_and_leaves_what_it_does_not(world: World, clerk: Browser) -> None:
    imported(world, clerk, csv_of(*GOOD))
    check, load = imported(
        world, clerk, csv_of("C1;;Padaria Nova;;Rui;rui@padaria.example;+351 999 000 001", "C2;;;;;;")
    )
    assert counted(check) == counted(load) == (0, 1, 1, 0)
    with company_scope(world.home.company):
        bakery = Customer.objects.get(reference="C1")
        assert (bakery.name, bakery.tax_id, bakery.group.name) == ("Padaria Nova", "501964843", "Bakeries")
        assert Contact.objects.get(email="rui@padaria.example").phone == "+351 999 000 001"


def test_lines_that_contradict_each_other_are_refused(world: World, clerk: Browser) -> None:
    lines = [
        *GOOD,
        "C1;;Other name;;;;",
        "C2;;;;Ana;ana@example.com;+351 1",
        "C2;;;;Ana;ana@example.com;+351 2",
    ]
    check, load = imported(world, clerk, csv_of(*lines))
    assert counted(check) == counted(load)
    assert {5, 7} == set(faults(world, load))
    assert "Line 2" in faults(world, load)[5]


def test_a_customer_is_not_found_twice(world: World, clerk: Browser) -> None:
    imported(world, clerk, csv_of(*GOOD))
    _check, load = imported(world, clerk, csv_of("C2;501964843;X;;;;"))
    assert "two different customers" in faults(world, load)[2]
    with company_scope(world.home.company):
        Customer.objects.filter(reference="C2").update(archived_at="2026-01-01T00:00Z")
    _check, load = imported(world, clerk, csv_of("C2;;X;;;;"))
    assert "archived" in faults(world, load)[2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_make_of_csv_is_read(world: World, clerk: Browser, encoding: str, delimiter: str) -> None:
    text = 'Código;Nome;Notas\nC9;"Conceição & Irmãos; Lda.\nLisboa";“x”'.replace(";", delimiter)
    table = brought(world, clerk, SimpleUploadedFile("x.csv", text.encode(encoding)))
    assert (table.headings, table.row_count) == (["Código", "Nome", "Notas"], 1)
    assert table.sample[0][1] == f"Conceição & Irmãos{delimiter} Lda.\nLisboa"


def workbook(*rows: Any) -> SimpleUploadedFile:
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return SimpleUploadedFile("x.xlsx", content.getvalue())


def test_a_workbook_is_read_as_it_is_seen(world: World, clerk: Browser) -> None:
    rows = [["Código", "NIF", "Nome", "Nota"], [7, 501964843.0, "Padaria", "=1+1"], [], [8, "", "Ana", True]]
    table = brought(world, clerk, workbook(*rows))
    assert table.sample == [["7", "501964843", "Padaria", ""], ["8", "", "Ana", "yes"]]
    assert counted(checked(world, clerk, table)) == (2, 0, 0, 0)


def bomb() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"x")
        archive.writestr("xl/worksheets/sheet1.xml", b"\x00" * (201 * 1024 * 1024))
    return content.getvalue()


def entities() -> bytes:
    """A workbook whose sheet would grow by entities."""
    book = BytesIO(workbook(["a"], ["b"]).read())
    content = BytesIO()
    laugh = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(content, "w") as new:
        for part in old.namelist():
            new.writestr(part, laugh if part.endswith("sheet1.xml") else old.read(part))
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n;;\n",
        b"Nome;NIF\n",
        b"PK\x03\x04 not a workbook",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        ";".join(["x"] * 300).encode() + b"\n1",
        b'Nome\n"' + b"x" * 200_000,
        b"Nome\n" + b"x\n" * 200_001,
        bomb,
        entities,
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(world: World, clerk: Browser, content: Any) -> None:
    upload = SimpleUploadedFile("x.csv", content() if callable(content) else content)
    answer = clerk.post(NEW, {"file": upload})
    assert answer.status_code == 422
    with company_scope(world.home.company):
        assert not ImportFile.objects.exists()
    assert clerk.post(NEW).status_code == 422


@pytest.mark.parametrize(
    "line",
    [
        "C1;x;Name;;;;",
        "C1;;" + "n" * 300 + ";;;;",
        "C1;;Name;;;no address;",
        "C1;;Name;;;a@b;",
        "C1;;Name;;;;call me",
        "C1;;Name;" + "g" * 100 + ";;;",
        "c" * 80 + ";;Name;;;;",
        "C1;" + "1" * 60 + ";Name;;;;",
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_line(world: World, clerk: Browser, line: str) -> None:
    check, load = imported(world, clerk, csv_of("C0;;Fine;;;;", line))
    assert counted(check) == counted(load) == (1, 0, 0, 1)
    assert list(faults(world, load)) == [3]


def test_strange_signs_break_nothing(world: World, clerk: Browser) -> None:
    text = "Código;Nome\n1;\u202egnp\n2;'=1+1\n3;😀 𝕏\n4;a\x0bb\n"
    check, load = imported(world, clerk, SimpleUploadedFile("x.csv", text.encode()))
    assert counted(check) == counted(load) == (4, 0, 0, 0)
    with company_scope(world.home.company):
        assert Customer.objects.get(reference="2").name == "=1+1", "the mark of an export is taken off"


def test_columns_are_checked_and_remembered(world: World, clerk: Browser) -> None:
    text = "Ref. antiga;Quem\n77;Ana\n"
    table = brought(world, clerk, SimpleUploadedFile("x.csv", text.encode()))
    assert table.mapping == {}
    page = f"/admin/imports/{table.pk}/columns/"
    for data in (
        {},
        {"column_name": "1"},
        {"column_reference": "0", "column_name": "0"},
        {"column_name": "9"},
    ):
        assert clerk.post(page, data).status_code == 422
    with company_scope(world.home.company):
        assert not Job.objects.exists()
        assert not ImportMapping.objects.exists()
    assert clerk.post(page, {"column_reference": "0", "column_name": "1"}).status_code == 302
    again = brought(world, clerk, SimpleUploadedFile("y.csv", b"REF ANTIGA,quem\n78,Rui\n"))
    assert again.mapping == {"reference": 0, "name": 1}


def test_contacts_alone_need_their_customer(world: World, clerk: Browser) -> None:
    imported(world, clerk, csv_of(*GOOD))
    text = "Código;Contacto;Email;Papel\nC1;Eva;eva@padaria.example;finance\nC9;X;x@example.com;\n"
    upload = SimpleUploadedFile("x.csv", text.encode())
    check, load = imported(world, clerk, upload, "/admin/imports/new/contacts/")
    assert counted(check) == counted(load) == (1, 0, 0, 1)
    with company_scope(world.home.company):
        assert Contact.objects.get(email="eva@padaria.example").role == "finance"
        assert not Customer.objects.filter(reference="C9").exists()


@pytest.mark.parametrize("language", ["pt-br", "pt-pt", "es", "en"])
def test_the_template_can_be_taken_in_as_it_is(language: str, world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        UserProfile.objects.update_or_create(user=world.home.clerk, defaults={"preferred_language": language})
    for kind in ("customers", "contacts"):
        answer = clerk.get(f"/admin/imports/new/{kind}/template/")
        upload = SimpleUploadedFile("t.csv", answer.content)
        _check, load = imported(world, clerk, upload, f"/admin/imports/new/{kind}/")
        assert load.refused == 0, faults(world, load)
    with company_scope(world.home.company):
        assert Contact.objects.filter(customer__reference="C-001").count() == 2


def test_another_companys_customer_is_neither_found_nor_in_the_way(world: World, clerk: Browser) -> None:
    with company_scope(world.other.company):
        Customer.objects.create(name="ALTURA-SECRET", country="PT", tax_id="501964843", reference="C1")
    check, load = imported(world, clerk, csv_of(*GOOD))
    assert counted(check) == counted(load) == (3, 0, 0, 0)
    with company_scope(world.other.company):
        assert Customer.objects.get(reference="C1").name == "ALTURA-SECRET"


def test_who_may_not_change_customers_imports_nothing(world: World, clerk: Browser) -> None:
    table = brought(world, clerk, csv_of(*GOOD))
    for person in (world.home.reader, world.home.editor, world.other.manager):
        browser = Browser().sign_in(person)
        pages = [f"/admin/imports/{table.pk}/columns/", f"/admin/imports/{table.pk}/confirm/"]
        for page in pages if person == world.other.manager else [NEW, *pages]:
            assert browser.get(page).status_code in {302, 403, 404}
            assert browser.post(page, columns(table)).status_code in {302, 403, 404}
    with company_scope(world.home.company):
        assert not Job.objects.exists()
    assert clerk.get("/admin/imports/new/unheard/").status_code == 404
