"""Fiscal notes out of files: an envelope of many, a ZIP of hundreds, and files made to hurt."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from portal_modules.billing import specimens
from portal_modules.billing.models import FiscalDocument
from portal_modules.billing.papers.exceptions import FiscalFileRefused
from portal_modules.billing.papers.fiscal_parts import notes_in
from portal_modules.billing.papers.fiscal_xml import read_fiscal_xml
from portal_modules.core.choices import JobState
from portal_modules.core.jobs import work_on
from portal_modules.core.models import Job, JobFault
from portal_modules.core.scope import company_scope
from tests.billing.test_taking_in import specimen
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

URL = "/admin/billing/take/"
SEALED = b' xmlns="http://www.sii.cl/SiiDte"'


def inside(data: bytes) -> bytes:
    """A note without the line that stands before it."""
    return data.split(b"?>\n", 1)[1].strip()


def envelope(*notes: bytes) -> bytes:
    return (
        b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<EnvioDTE' + SEALED + b' version="1.0"><SetDTE ID="S">'
        b"<Caratula><RutEmisor>11222333-0</RutEmisor></Caratula>"
        + b"\n".join(notes)
        + b"</SetDTE></EnvioDTE>"
    )


def uploaded(browser: Browser, data: bytes, name: str, **more: str) -> Any:
    file = io.BytesIO(data)
    file.name = name
    return browser.post(URL, {"file": file, **more})


def job_of(world: World) -> Job:
    with company_scope(world.other.company):
        return Job.objects.filter(kind="billing.take_notes").latest("created_at")


def kept(world: World) -> list[FiscalDocument]:
    with company_scope(world.other.company):
        return list(FiscalDocument.objects.order_by("number"))


@pytest.mark.row("E19")
def test_each_note_of_an_envelope_is_a_note_of_its_own(world: World) -> None:
    about = specimen(world)
    first, second = (specimens.dte(replace(about, number=number, issuer="Ñandú")) for number in (7, 8))
    data = envelope(inside(first), inside(second).replace(SEALED, b""))
    with translation.override("en"), pytest.raises(FiscalFileRefused, match="several"):
        read_fiscal_xml(data)
    manager = Browser().sign_in(world.other.manager)
    assert uploaded(manager, data, "envio.xml").status_code == 302
    job = job_of(world)
    assert (job.state, job.done, job.refused, job.counts) == (JobState.DONE, 1, 0, {"notes": 2})
    one, two = kept(world)
    assert (one.number, two.number, one.issuer) == ("7", "8", "Ñandú")
    for note in (one, two):
        with note.xml.open("rb") as file:
            content = file.read()
        assert inside(content) == inside(first if note.number == "7" else second), "sealed as it came"
        assert b"EnvioDTE" not in content, "and nobody else's beside it"


def test_what_is_no_envelope_stays_as_it_is(world: World) -> None:
    for data in (specimens.dte(specimen(world)), envelope(inside(specimens.dte(specimen(world))))):
        assert notes_in(data) == [data]
    with pytest.raises(FiscalFileRefused):
        notes_in(b"<DTE>")


def test_a_zip_of_many_is_a_job(world: World) -> None:
    about = specimen(world)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(1, 61):
            archive.writestr(f"{number}.xml", specimens.nfe(replace(about, number=number)))
        archive.writestr("bad.xml", "<x/>")
    manager = Browser().sign_in(world.other.manager)
    answer = uploaded(manager, packed.getvalue(), "notes.zip")
    job = job_of(world)
    assert (job.state, job.total) == (JobState.WAITING, 61)
    assert not kept(world)
    assert "notes.zip" in manager.get(answer.headers["Location"]).content.decode()
    work_on.call(str(job.pk), world.other.company.pk)
    job = job_of(world)
    assert (job.state, job.done, job.refused) == (JobState.DONE, 60, 1)
    assert len(kept(world)) == 60
    with company_scope(world.other.company):
        fault = JobFault.objects.get(job=job)
    assert (fault.what, fault.line) == ("bad.xml", 61)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.zip", b"PK\x05\x06" + b"\x00" * 18),
        ("large.xml", b"<a>" + b" " * (1024 * 1024)),
        ("broken.zip", b"PK\x03\x04 no zip"),
    ],
)
def test_what_is_no_such_file_is_refused_before_anything_begins(world: World, name: str, data: bytes) -> None:
    answer = uploaded(Browser().sign_in(world.other.manager), data, name)
    assert answer.status_code == 422
    assert re.search(r"error|critical", answer.content.decode())
    with company_scope(world.other.company):
        assert not Job.objects.filter(kind="billing.take_notes").exists()
