"""What is asked of each new row of an invoice is asked once for all rows of a statement. The rules stay as they are.

Totals have to agree when the transaction ends, and a trigger that waits until then is called for each row: so a
statement leaves a note of the invoices that it has made, and the trigger waits at the note. Nobody but the owner
reads or writes notes; one lives as long as its transaction, which is why the table needs no log.

Safe on a table of any size: no row is read or written.
"""

from importlib import import_module

from django.db import migrations

# A plan is kept as long as its connection: one that was made while the tables were small has to serve when they are
# not, and reads by index each time.
DEFINER = (
    "security definer set search_path = public, pg_temp set enable_seqscan = off set enable_hashjoin = off "
    "set enable_mergejoin = off as $$"
)

NOTES = [
    "create unlogged table billing_unproven (id bigint generated always as identity primary key, "
    "company_id bigint not null, invoices uuid[] not null)",
    "alter table billing_unproven enable row level security",
    "alter table billing_unproven force row level security",
    "create policy owner on billing_unproven to balcao_owner using (true) with check (true)",
    "revoke all on billing_unproven from balcao_staff, balcao_portal, balcao_visitor",
]

# What is wrong with invoices, as it was asked of one.
DISAGREEMENTS = """
create function billing_disagreements(which uuid[]) returns table (invoice uuid, why text) language sql stable as $$
  select i.id, case
      when l.amount <> i.subtotal or l.tax <> i.tax_total or l.withheld <> i.withheld_total
        then 'its lines are not its total'
      when l.fits is false then 'a line has more digits than its currency'
      when i.number is not null and i.total > 0 and (p.amount <> i.total or p.fits is false)
        then 'its instalments are not its total'
      when i.number is not null and i.state <> 'cancelled' and p.settled <> i.paid_total + i.credited_total
        then 'what is settled of its instalments is not what was paid'
    end
    from billing_invoice i
   cross join lateral (
      select coalesce(sum(amount), 0) as amount, coalesce(sum(tax_amount), 0) as tax,
             coalesce(sum(withheld), 0) as withheld,
             bool_and(billing_fits(amount, i.currency) and billing_fits(tax_amount, i.currency)
                      and billing_fits(withheld, i.currency)) as fits
        from billing_invoiceline where invoice_id = i.id) l
   cross join lateral (
      select coalesce(sum(amount), 0) as amount, coalesce(sum(settled), 0) as settled,
             bool_and(billing_fits(amount, i.currency)) as fits
        from billing_instalment where invoice_id = i.id) p
   where i.id = any(which)
$$
"""


def agrees(name: str, which: str, after: str = "") -> str:
    """The function of a trigger that raises what is wrong with some invoices."""
    return f"""
create function {name}() returns trigger language plpgsql {DEFINER}
declare wrong record;
begin
  select * into wrong from billing_disagreements({which}) found where found.why is not null limit 1;
  if found then
    raise exception 'invoice %: %', wrong.invoice, wrong.why using errcode = '23514';
  end if;
  {after}
  return null;
end $$
"""


CHANGED = agrees("billing_invoice_agrees", "array[new.id]")
MADE = agrees("billing_invoices_agree", "new.invoices", "delete from billing_unproven where id = new.id;")
NOTE = f"""
create function billing_note_invoices() returns trigger language plpgsql {DEFINER} begin
  insert into billing_unproven (company_id, invoices) select company_id, array_agg(id) from made group by company_id;
  return null;
end $$
"""
# Lines and parts of an invoice that was frozen before. The keys are gathered first: of a join with the new rows the
# planner knows no number, and may read all of them again for each invoice.
FREEZE = f"""
create function billing_parts_of_frozen() returns trigger language plpgsql {DEFINER} begin
  if exists (select from billing_invoice i where i.id = any(array(select distinct invoice_id from made))
                and i.frozen_at <> transaction_timestamp()) then
    raise exception 'the invoice was issued and stays as it is' using errcode = '23001';
  end if;
  return null;
end $$
"""
MONTHS = f"""
create function billing_months_are_open() returns trigger language plpgsql {DEFINER} begin
  if exists (select from made i join billing_closedmonth m on m.company_id = i.company_id
                and m.month in (date_trunc('month', i.issued_on)::date, date_trunc('month', i.cancelled_on)::date)
              where i.number is not null) then
    raise exception 'the books of this month are closed' using errcode = '23514',
      constraint = 'billing_month_is_open';
  end if;
  return null;
end $$
"""


def on(table: str, name: str, when: str, function: str, was: str = "") -> tuple[str, str]:
    """A trigger of a table, and the one that stood in its place."""
    gone = f"drop trigger {name} on {table}"
    made, before = (f"create trigger {name} {each} execute function {function}()" for each in (when, was))
    return f"{gone}; {made}" if was else made, f"{gone}; {before}" if was else gone


def of_each_new(table: str, name: str, function: str) -> tuple[str, str]:
    """A trigger that sees all new rows of a statement."""
    return on(
        table, name, f"after insert on {table} referencing new table as made for each statement", function
    )


def of_part(what: str) -> list[tuple[str, str]]:
    """The triggers of lines, or of instalments."""
    table = f"billing_{what}"
    parent = f"of invoice_id, customer_id on {table} for each row"
    return [
        on(
            table,
            "freeze_part",
            f"before update or delete on {table} for each row",
            f"billing_freeze_{what}",
            was=f"before insert or update or delete on {table} for each row",
        ),
        of_each_new(table, "freeze_new_parts", "billing_parts_of_frozen"),
        on(
            table,
            "customer_of_parent",
            f"before update {parent}",
            f"{table}_customer_of_parent",
            was=f"before insert or update {parent}",
        ),
        # Who names another customer is refused by the key.
        on(
            table,
            "customer_of_new",
            f"before insert on {table} for each row when (new.customer_id is null)",
            f"{table}_customer_of_parent",
        ),
    ]


AGREED = (
    "create constraint trigger invoice_agrees after {verbs} of subtotal, tax_total, withheld_total, total, paid_total, "
    "credited_total, number, state on billing_invoice deferrable initially deferred for each row "
    "execute function billing_invoice_agrees()"
)
WAITS = (
    "create constraint trigger invoices_agree after insert on billing_unproven deferrable initially deferred "
    "for each row execute function billing_invoices_agree()"
)
FORGET = "drop trigger invoice_agrees on billing_invoice; drop function billing_invoice_agrees()"
OF_ONE = import_module("portal_modules.billing.migrations.0003_keep_the_money").AGREES

STEPS: list[tuple[str, str]] = [
    ("; ".join(NOTES), "drop table billing_unproven"),
    (
        f"{DISAGREEMENTS}; revoke all on function billing_disagreements(uuid[]) from public",
        "drop function billing_disagreements(uuid[])",
    ),
    (
        f"{FORGET}; {CHANGED}; {AGREED.format(verbs='update')}",
        f"{FORGET}; {OF_ONE}; {AGREED.format(verbs='insert or update')}",
    ),
    (
        f"{MADE}; {WAITS}",
        "drop trigger invoices_agree on billing_unproven; drop function billing_invoices_agree()",
    ),
    (NOTE, "drop function billing_note_invoices()"),
    of_each_new("billing_invoice", "note_invoices", "billing_note_invoices"),
    (FREEZE, "drop function billing_parts_of_frozen()"),
    *of_part("invoiceline"),
    *of_part("instalment"),
    (MONTHS, "drop function billing_months_are_open()"),
    of_each_new("billing_invoice", "months_are_open", "billing_months_are_open"),
    on(
        "billing_invoice",
        "month_is_open",
        "before update of number, state on billing_invoice for each row",
        "billing_invoice_month_is_open",
        was="before insert or update of number, state on billing_invoice for each row",
    ),
]


class Migration(migrations.Migration):
    dependencies = [("billing", "0014_hold_parts_by_one_key")]

    operations = [migrations.RunSQL(do, undo) for do, undo in STEPS]
