"""A table that is imported as people do it: brought, its columns named, tried, and taken in."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from portal_modules.core.jobs import work_on
from portal_modules.core.models import ImportFile, Job
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld

HEADINGS = "Number;Customer code;Issued;Due;Text;Quantity;Price;IVA;Paid"
GOOD = [
    "FT 1;C1;2026-03-02;17/03/2026;Fees;2;100,00;23;",
    "FT 1;C1;2026-03-02;17/03/2026;Postage;1;4.50;;",
    "FT 2;C1;2026-04-02;2026-04-17;Fees;1;1.234,50;23;1.518,44",
]


def ready(side: CompanyWorld, customer: str) -> Browser:
    """The manager, and a customer with an own number."""
    with company_scope(side.company):
        Customer.objects.filter(pk=side.customers[customer].pk).update(reference="C1")
    with transaction.atomic():
        return Browser().sign_in(side.manager)


def run(
    side: CompanyWorld, browser: Browser, kind: str, *lines: str, all_or_nothing: bool = False
) -> tuple[Job, Job]:
    """The trial run and the import; the first line has the headings."""
    upload = SimpleUploadedFile("p.csv", "\n".join(lines).encode())
    answer = browser.post(f"/admin/imports/new/billing.{kind}/", {"file": upload})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    with company_scope(side.company):
        table = ImportFile.objects.latest("created_at")
    columns = {f"column_{name}": str(at) for name, at in table.mapping.items()}
    assert len(columns) == len(lines[0].split(";")), columns
    found = []
    for step, data in (("columns", columns), ("confirm", {"all_or_nothing": "on"} if all_or_nothing else {})):
        answer = browser.post(f"/admin/imports/{table.pk}/{step}/", data)
        assert answer.status_code == 302, step
        pk = answer.headers["Location"].rstrip("/").rpartition("/")[2]
        work_on.call(pk, side.company.pk)
        with company_scope(side.company):
            found.append(Job.objects.get(pk=pk))
    return found[0], found[1]


def counted(job: Job) -> tuple[int, int, int, int]:
    counts = [job.counts.get(name, 0) for name in ("new", "changed", "same")]
    return counts[0], counts[1], counts[2], job.refused
