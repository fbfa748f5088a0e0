"""A month is closed while nobody writes in it: who writes shares a lock of the company, and who closes has it alone.

Without it a row that was not committed yet was not seen by the closing, nor the closing by the row. The look comes
after the lock, with a statement of its own: so it sees what was closed while it waited. It costs no statement of the
caller. Safe on tables of any size: only functions are replaced, and a trigger is added.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("portal_modules.billing.migrations.0003_keep_the_money")
AT_ONCE = import_module("portal_modules.billing.migrations.0015_check_an_import_at_once")

LOOK = "  if exists (select from billing_closedmonth m"
SHARED = "  perform pg_advisory_xact_lock_shared(hashtext('billing.months'), new.company_id::int){when};\n"
OF_MANY = """
  perform pg_advisory_xact_lock_shared(hashtext('billing.months'), company_id::int)
     from (select distinct company_id from made where number is not null) company;
"""
ALONE = """
create function billing_close_alone() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('billing.months'), new.company_id::int);
  return new;
end $$
"""


def _again(function: str) -> str:
    return function.replace("create function", "create or replace function")


def _of_each() -> list[tuple[str, str]]:
    """The functions of single rows, as they were made, with the lock before the look."""
    steps = []
    for step, _undo in BEFORE.STEPS:
        function, found, _trigger = step.partition("; create trigger month_is_open")
        if found:
            locked = function.replace(LOOK, SHARED.format(when=" where cardinality(days) > 0") + LOOK)
            assert locked != function
            steps.append((_again(locked), _again(function)))
    return steps


MANY = AT_ONCE.MONTHS
STEPS: list[tuple[str, str]] = [
    *_of_each(),
    (
        _again(MANY.replace("  if exists (select from made", OF_MANY + "  if exists (select from made")),
        _again(MANY),
    ),
    (
        f"{ALONE}; create trigger close_alone before insert on billing_closedmonth "
        "for each row execute function billing_close_alone()",
        "drop trigger close_alone on billing_closedmonth; drop function billing_close_alone()",
    ),
]


class Migration(migrations.Migration):
    dependencies = [("billing", "0015_check_an_import_at_once")]

    operations = [migrations.RunSQL(do, undo) for do, undo in STEPS]
