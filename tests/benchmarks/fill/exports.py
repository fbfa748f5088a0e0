"""How much memory it takes to export a hundred thousand rows. Run in the portal's environment.

    python -m tests.benchmarks.fill.exports

Prints, as JSON, the kibibytes in use when idle, and the most that were in use while each kind of file was written.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402
from wagtail import hooks  # noqa: E402

from portal_modules.core.admin.exports import FORMATS, write  # noqa: E402
from portal_modules.core.admin.registers import registers  # noqa: E402
from portal_modules.core.models import Company  # noqa: E402
from portal_modules.core.scope import company_scope  # noqa: E402
from portal_modules.customers.models import Customer  # noqa: E402
from tests.benchmarks.desk import ALIASES  # noqa: E402
from tests.benchmarks.fill.desk import clerk_of, company_without_rows  # noqa: E402

ROWS = 100_000
AT_ONCE = 5_000
_CUSTOMERS = """
insert into customers_customer (company_id, uuid, name, kind, country, tax_id, reference, is_customer, is_supplier,
                                language, created_at)
select %s, gen_random_uuid(), 'Customer number ' || n, 'person', 'PT', '', '', true, false, 'en', now()
  from generate_series(1, %s) n
"""


def main() -> None:
    """Fill once, warm up, and measure."""
    company = company_without_rows(ALIASES[1])
    clerk = clerk_of(company)
    missing = ROWS
    while missing > 0:  # a statement may not take longer than a request
        with company_scope(company), connection.cursor() as cursor:
            missing = ROWS - Customer.objects.count()
            cursor.execute(_CUSTOMERS, [company.pk, min(missing, AT_ONCE)])
    for name in FORMATS:
        _export(company, clerk, name, "q=number+777")
    idle = _status("VmRSS")
    found = {"idle": idle}
    for name in FORMATS:
        Path("/proc/self/clear_refs").write_text("5")  # forget the most that was ever in use
        assert _export(company, clerk, name, "all=1") == ROWS
        found[name] = _status("VmHWM")
    print(json.dumps(found))


def _export(company: Company, clerk: object, spreadsheet_format: str, query: str) -> int:
    hooks.search_for_hooks()
    register = registers["customers.customer"]
    with company_scope(company), tempfile.TemporaryFile() as file:
        view = register.index_view_class.of_query(register, clerk, query)
        return write(view.export_columns(), view.queryset, file, spreadsheet_format)


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1])


if __name__ == "__main__":
    main()
