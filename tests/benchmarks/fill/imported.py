"""An import of customers with a contact each, as a worker does it. Run in the portal's environment.

Takes the number of rows and the file for what was found out: the company's id, and the seconds from the
uploaded file to the last chunk.
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
from tests.benchmarks.importing import ALIAS  # noqa: E402

HEADINGS = "Código;NIF;Nome;Tipo;Idioma;Contacto;E-mail;Telefone;Cargo"


def main(rows: int, note: Path) -> None:
    """Import into a company of its own, which is made by the first run."""
    content = "\n".join([HEADINGS, *map(_line, range(rows))]).encode()
    with platform_scope():
        company = Company.objects.filter(alias=ALIAS).first()
    company = company or create_company(NewCompany(name="Import", alias=ALIAS, country="PT"), by=None)
    kind = imports.find("customers")
    if kind is None:
        raise LookupError("There is no import of customers.")
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
    if job.state != JobState.DONE or job.refused or job.done != rows:
        raise RuntimeError(f"The import went wrong: {job}, {job.refused} refused.")
    note.write_text(json.dumps({"company": company.pk, "seconds": seconds}))


def _line(number: int) -> str:
    """A customer with a tax id of Portugal, and a person there."""
    return (
        f"C{number};{_tax_id(number)};Cliente número {number};customer;pt;"
        f"Pessoa {number};pessoa{number}@cliente{number % 997}.example;+351 21 {number:07d};Gerente"
    )


def _tax_id(number: int) -> str:
    """A NIF: eight digits and the one that checks them."""
    digits = f"{50_000_000 + number:08d}"
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(9, 1, -1), strict=True)) % 11
    return f"{digits}{rest if rest < 10 else 0}"


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
