"""Who writes a payment, its use or a refund shares the lock that closing a month takes alone (billing 0016).

Safe on tables of any size: only functions are replaced.
"""

from importlib import import_module

from django.db import migrations

MONTH = import_module("portal_modules.payments.migrations.0003_keep_the_ledger").MONTH
LOOK = "  if exists (select from billing_closedmonth m"
SHARED = "  perform pg_advisory_xact_lock_shared(hashtext('billing.months'), new.company_id::int);\n"
DAYS = {
    "payments_payment": "received_on",
    "payments_allocation": "allocated_on",
    "payments_refund": "refunded_on",
}


def _step(table: str, day: str) -> tuple[str, str]:
    function = MONTH.replace("create function", "create or replace function")
    name = f"{table}_month_is_open"
    return tuple(
        each.format(name=name, day=day) for each in (function.replace(LOOK, SHARED + LOOK), function)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0009_know_of_refunds_on_their_way"),
        ("billing", "0016_close_a_month_alone"),
    ]

    operations = [migrations.RunSQL(*_step(table, day)) for table, day in DAYS.items()]
