"""The sums of each customer's invoices, written by triggers behind the walls, so that no role of the application can.

Rows are only added: whoever changes an invoice waits for nobody who changes another one of the same customer. What is
of one kind is put together by `billing_fold_tallies`, in one statement, so that nobody sees it half done.
"""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, OWN_CUSTOMER, Right, wall

KIND = "company_id, customer_id, currency, tax_id, month, overdue_from"
FIGURES = ("listed", "claimed", "open_count", "billed", "open")
COLUMNS = f"{KIND}, {', '.join(FIGURES)}"
SUMS = ", ".join(f"sum({name})" for name in FIGURES)
SOMETHING = " or ".join(f"sum({name}) <> 0" for name in FIGURES)
# What one invoice adds, or takes away where `sign` is below zero.
ADDED = """
select i.company_id, i.customer_id, i.currency, i.tax_id, date_trunc('month', i.issued_on::timestamp)::date as month,
       case when i.open_amount > 0 then i.overdue_from end as overdue_from, {sign} as listed,
       case when i.state = 'issued' then {sign} else 0 end as claimed,
       case when i.open_amount > 0 then {sign} else 0 end as open_count,
       case when i.state = 'issued' then {sign} * i.total else 0 end as billed, {sign} * i.open_amount as open
  from {rows} i where i.number is not null
"""
WATCHED = (
    "customer_id, currency, tax_id, issued_on, number, state, total, paid_total, credited_total, overdue_from"
)
FUNCTION = "language plpgsql security definer set search_path = public, pg_temp as $$"


def kept(rows: str) -> str:
    """The statement that writes down what some rows add."""
    return (
        f"insert into billing_tally ({COLUMNS}) select {KIND}, {SUMS} from ({rows}) as added "
        f"group by {KIND} having {SOMETHING}"
    )


def rows_of(name: str) -> str:
    """One row of a trigger, as a table."""
    return f"(select ({name}).*)"


ALL = kept(ADDED.format(sign="1", rows="billing_invoice"))
MADE = f"""
create function billing_tally_made() returns trigger {FUNCTION} begin
  {kept(ADDED.format(sign="1", rows="made"))};
  return null;
end $$
"""
CHANGED = f"""
create function billing_tally_changed() returns trigger {FUNCTION} begin
  {kept(ADDED.format(sign="1", rows=rows_of("new")) + " union all " + ADDED.format(sign="-1", rows=rows_of("old")))};
  return null;
end $$
"""
# Of the company in force.
FOLD = f"""
create function billing_fold_tallies() returns void {FUNCTION} begin
  with several as (
    select array_agg(id) as ids from billing_tally
     where company_id = nullif(current_setting('app.company', true), '')::bigint
     group by {KIND} having count(*) > 1
  ), gone as (
    delete from billing_tally where id in (select unnest(ids) from several) returning {COLUMNS}
  )
  insert into billing_tally ({COLUMNS}) select {KIND}, {SUMS} from gone group by {KIND} having {SOMETHING};
end $$
"""


def watched(name: str) -> str:
    """The columns that sums are made of, of the row before or after."""
    return ", ".join(f"{name}.{column}" for column in WATCHED.split(", "))


class Migration(migrations.Migration):
    dependencies = [("billing", "0011_keep_the_sums")]

    operations = [
        wall(
            "billing_tally",
            staff=Right(OWN_COMPANY),
            portal=Right(OWN_CUSTOMER),
            same_company={"customer_id": "customers_customer"},
        ),
        migrations.RunSQL(ALL, migrations.RunSQL.noop),
        migrations.RunSQL(
            f"{MADE}; create trigger tally_made after insert on billing_invoice referencing new table as made "
            "for each statement execute function billing_tally_made()",
            "drop trigger tally_made on billing_invoice; drop function billing_tally_made()",
        ),
        migrations.RunSQL(
            f"{CHANGED}; create trigger tally_changed after update on billing_invoice for each row "
            f"when (({watched('old')}) is distinct from ({watched('new')})) "
            "execute function billing_tally_changed()",
            "drop trigger tally_changed on billing_invoice; drop function billing_tally_changed()",
        ),
        migrations.RunSQL(
            f"{FOLD}; revoke all on function billing_fold_tallies() from public; "
            "grant execute on function billing_fold_tallies() to balcao_staff",
            "drop function billing_fold_tallies()",
        ),
    ]
