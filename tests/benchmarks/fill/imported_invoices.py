"""An import of invoices with two lines each, as a worker does it. Run in the portal's environment.

Takes the number of invoices and the file for what was found out: the company's id, and the seconds from the
uploaded file to the last chunk. The customers are there before.
"""

from __future__ import annotations

import json
import sys
import time
from io import BytesIO
from pathlib import Path

import django

django.setup()

from portal_modules.core.actions import NewCompany, create_company  # noqa: E402
from portal_modules.core.choices import JobState  # noqa: E402
from portal_modules.core.importing.jobs import start_load  # noqa: E402
from portal_modules.core.importing.kinds import imports  # noqa: E402
from portal_modules.core.importing.storing import keep_table  # noqa: E402
from portal_modules.core.jobs import work_on  # noqa: E402
from portal_modules.core.models import Company, Job  # noqa: E402
from portal_modules.core.scope import company_scope, platform_scope  # noqa: E402
from portal_modules.customers.models import Customer  # noqa: E402
from tests.benchmarks.importing import ALIAS  # noqa: E402

HEADINGS = "Número;Código do cliente;Emissão;Vencimento;Descrição;Quantidade;Preço;IVA;Pago"
CUSTOMERS = 1_000
LINES_EACH = 2


def main(rows: int, note: Path) -> None:
    """Import into a company of its own, which is made by the first run."""
    content = "\n".join([HEADINGS, *(line for number in range(rows) for line in _lines(number))]).encode()
    with platform_scope():
        company = Company.objects.filter(alias=ALIAS).first()
    company = company or create_company(NewCompany(name="Import", alias=ALIAS, country="PT"), by=None)
    _have_customers(company)
    kind = imports.find("billing.invoices")
    if kind is None:
        raise LookupError("There is no import of invoices.")
    begin = time.monotonic()
    with company_scope(company):
        job = start_load(keep_table(kind, BytesIO(content), by=None), by=None)
    while True:
        work_on.call(str(job.pk), company.pk)
        with company_scope(company):
            job = Job.objects.get(pk=job.pk)
        if not job.is_open:
            break
    seconds = time.monotonic() - begin
    if job.state != JobState.DONE or job.refused or job.done != LINES_EACH * rows:
        raise RuntimeError(f"The import went wrong: {job}, {job.refused} refused.")
    note.write_text(json.dumps({"company": company.pk, "seconds": seconds}))


def _have_customers(company: Company) -> None:
    with company_scope(company):
        have = set(Customer.objects.filter(reference__startswith="K").values_list("reference", flat=True))
        missing = [f"K{number}" for number in range(CUSTOMERS) if f"K{number}" not in have]
        Customer.objects.bulk_create(
            Customer(company=company, name=f"Cliente {name}", country="PT", reference=name)
            for name in missing
        )


def _lines(number: int) -> list[str]:
    """An invoice of last year, every other one paid."""
    month = 1 + number % 12
    head = f"FT {number};K{number % CUSTOMERS};2025-{month:02d}-03;2025-{month:02d}-18"
    first = 100 + number % 900
    paid = f"{first * 1.23 + 10:.2f}" if number % 2 else ""
    return [f"{head};Serviço do mês;1;{first},00;23;{paid}", f"{head};Portes;1;10,00;;{paid}"]


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
