"""Invoices, boletos and fiscal notes from tables: taken in whole, refused with their line, and once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from portal_modules.billing.actions import close_month
from portal_modules.billing.actions.slips import demo_line
from portal_modules.billing.choices import NoteState
from portal_modules.billing.days import billing_day
from portal_modules.billing.models import BankSlip, FiscalDocument, Instalment, Invoice, InvoiceLine
from portal_modules.core.models import ImportFile, JobFault
from portal_modules.core.scope import company_scope
from tests.world.browsing import Browser
from tests.world.companies import World

from .billed import issued
from .importing import GOOD, HEADINGS, counted, ready, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(world: World) -> Browser:
    return ready(world.home, "charlie")


@pytest.mark.row("V03")
def test_invoices_come_with_their_lines_and_the_second_time_changes_nothing(
    world: World, manager: Browser
) -> None:
    check, load = run(world.home, manager, "invoices", HEADINGS, *GOOD)
    assert counted(check) == counted(load) == (3, 0, 0, 0)
    with company_scope(world.home.company):
        connection.check_constraints()
        first, second = Invoice.objects.order_by("number")
        assert (first.total, first.open_amount) == (Decimal("250.50"), Decimal("250.50"))
        assert [line.text for line in first.lines.all()] == ["Fees", "Postage"]
        assert (first.issued_on, first.due_on) == (date(2026, 3, 2), date(2026, 3, 17))
        assert first.name_as_issued == world.home.customers["charlie"].name
        assert (second.open_amount, second.next_due_on, second.serial) == (0, None, None)
        assert Instalment.objects.count() == 2
    check, load = run(world.home, manager, "invoices", HEADINGS, *GOOD)
    assert counted(check) == counted(load) == (0, 0, 3, 0)
    assert issued(world.home).number == "000001"


WRONG = [
    "FT 9;C9;2026-03-02;2026-03-17;x;1;1;;",
    "FT 9;;2026-03-02;2026-03-17;x;1;1;;",
    ";C1;2026-03-02;2026-03-17;x;1;1;;",
    "FT 9;C1;2026-03-02;;x;1;1;;",
    "FT 9;C1;2026-03-02;2026-03-01;x;1;1;;",
    "FT 9;C1;2999-03-02;2999-03-17;x;1;1;;",
    "FT 9;C1;2026-02-30;2026-03-17;x;1;1;;",
    "FT 9;C1;٢٠٢٦-03-02;2026-03-17;x;1;1;;",
    "FT 9;C1;2026-03-02;2026-03-17;x;1;1_000;;",
    "FT 9;C1;2026-03-02;2026-03-17;x;1;1e2;;",
    "FT 9;C1;2026-03-02;2026-03-17;x;1;１２;;",
    "FT 9;C1;2026-03-02;2026-03-17;x;1;-5;;",
    "FT 9;C1;2026-03-02;2026-03-17;x;1;0;;",
    "FT 9;C1;2026-03-02;2026-03-17;x;1;1.005;;",
    "FT 9;C1;2026-03-02;2026-03-17;x;1;99999999999;;",
    "FT 9;C1;2026-03-02;2026-03-17;x;x;1;;",
    "FT 9;C1;2026-03-02;2026-03-17;x;0;1;;",
    "FT 9;C1;2026-03-02;2026-03-17;x;1;1;101;",
    "FT 9;C1;2026-03-02;2026-03-17;x;1;1;;2",
    f"{'F' * 41};C1;2026-03-02;2026-03-17;x;1;1;;",
    f"FT 9;C1;2026-03-02;2026-03-17;{'x' * 501};1;1;;",
]


def test_bad_rows_are_reported_with_line_and_reason_and_the_others_come_in(
    world: World, manager: Browser
) -> None:
    good = [f"A{number};C1;2026-03-02;2026-03-17;x;1;1,50;;" for number in range(40)]
    lines = good[:20]
    for number, wrong in enumerate(WRONG):
        lines += [wrong.replace("FT 9", f"W{number}")]
    lines += good[20:]
    check, load = run(world.home, manager, "invoices", HEADINGS, *lines)
    assert counted(check) == counted(load) == (40, 0, 0, len(WRONG))
    with company_scope(world.home.company):
        assert Invoice.objects.count() == 40
        faults = list(JobFault.objects.filter(job=load).order_by("line"))
        assert [fault.line for fault in faults] == list(range(22, 22 + len(WRONG)))
        connection.check_constraints()


def test_an_invoice_with_one_bad_row_stays_out_as_a_whole(world: World, manager: Browser) -> None:
    lines = [GOOD[0], GOOD[1].replace("4.50", "x"), GOOD[2]]
    _check, load = run(world.home, manager, "invoices", HEADINGS, *lines)
    assert counted(load) == (1, 0, 0, 2)
    with company_scope(world.home.company):
        assert Invoice.objects.get().number == "FT 2"


def test_rows_that_contradict_each_other_and_an_invoice_that_stands_otherwise_are_refused(
    world: World, manager: Browser
) -> None:
    run(world.home, manager, "invoices", HEADINGS, GOOD[2])
    lines = [GOOD[0], GOOD[1].replace("2026-03-02", "2026-03-03"), GOOD[2].replace("1.234,50", "1.234,51")]
    _check, load = run(world.home, manager, "invoices", HEADINGS, *lines)
    assert counted(load) == (0, 0, 0, 3)
    with company_scope(world.home.company):
        assert InvoiceLine.objects.count() == 1


@pytest.mark.row("F17")
def test_a_closed_month_takes_no_row_in(world: World, manager: Browser) -> None:
    last = billing_day(world.home.company).replace(day=1) - timedelta(days=1)
    with company_scope(world.home.company):
        close_month(world.home.company, last, by=None)
    line = f"FT 1;C1;{last};{last + timedelta(days=9)};Fees;1;1,00;;"
    _check, load = run(world.home, manager, "invoices", HEADINGS, line)
    assert counted(load) == (0, 0, 0, 1)
    with company_scope(world.home.company):
        assert not Invoice.objects.exists()


@pytest.mark.row("E04")
def test_boletos_come_with_the_number_of_their_invoice(world: World) -> None:
    browser = ready(world.other, "dora")
    invoice, other = issued(world.other, "dora"), issued(world.other, "dora", amount="7.00")
    with company_scope(world.other.company):
        line, foreign = (demo_line(each, each.instalments.get()) for each in (invoice, other))
    lines = [
        f"{invoice.number};{line}",
        "999;x",
        f"{invoice.number};{foreign}",
        f"{other.number};{foreign[:-1]}",
    ]
    check, load = run(world.other, browser, "slips", "Number;Line", *lines)
    assert counted(check) == counted(load) == (1, 0, 0, 3)
    assert counted(run(world.other, browser, "slips", "Number;Line", lines[0])[1]) == (0, 0, 1, 0)
    with company_scope(world.other.company):
        assert BankSlip.objects.get().invoice == invoice


@pytest.mark.row("E03")
def test_notes_come_without_their_files_and_a_second_time_as_cancelled(world: World) -> None:
    browser = ready(world.other, "dora")
    headings = "Kind;Numero;Serie;Customer code;Emissao;Valor;Situacao"
    line = "nfse;12;1;C1;2026-05-04;150,00;"
    wrong = ["xyz;13;1;C1;2026-05-04;1;", ";;1;C1;2026-05-04;1;", "nfse;14;1;C1;2026-05-04;-1;"]
    check, load = run(world.other, browser, "notes", headings, line, *wrong)
    assert counted(check) == counted(load) == (1, 0, 0, 3)
    assert counted(run(world.other, browser, "notes", headings, line)[1]) == (0, 0, 1, 0)
    assert counted(run(world.other, browser, "notes", headings, f"{line}cancelada")[1]) == (0, 1, 0, 0)
    with company_scope(world.other.company):
        assert FiscalDocument.objects.get().state == NoteState.CANCELLED


def test_nobody_without_the_right_takes_invoices_in(world: World) -> None:
    clerk: Any = Browser().sign_in(world.home.clerk)
    assert clerk.get("/admin/imports/new/billing.invoices/").status_code in {302, 403, 404}
    upload = SimpleUploadedFile("p.csv", "\n".join([HEADINGS, *GOOD]).encode())
    clerk.post("/admin/imports/new/billing.invoices/", {"file": upload})
    with company_scope(world.home.company):
        assert not ImportFile.objects.exists()
