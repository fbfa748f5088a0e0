"""What the database holds of money: digits, totals, parts, frozen rows and closed months.

Safe on a table of any size that is empty; each function looks only at rows of the company in scope.
"""

from django.db import migrations

# What may change of an invoice that has its number. Persons go when they are erased, amounts and days never.
CHANGEABLE = (
    "state",
    "notes",
    # Customers write their own order number onto it.
    "purchase_order",
    "at_agency",
    "disputed",
    "promise",
    "paid_total",
    "credited_total",
    "open_amount",
    "next_due_on",
    "overdue_from",
    "cancelled_on",
    "cancel_reason",
)
PERSONS = ("name_as_issued", "address_as_issued", "tax_id", "reference")

FITS = """
create function billing_fits(amount numeric, currency text) returns boolean language sql immutable parallel safe
as $$ select amount = round(amount, case currency when 'CLP' then 0 else 2 end) $$
"""

DIGITS = {
    "billing_invoice": (
        "subtotal",
        "tax_total",
        "withheld_total",
        "paid_total",
        "credited_total",
        "discount_amount",
    ),
    "billing_credit": ("amount",),
    "billing_bankslip": ("amount",),
    "billing_fiscaldocument": ("amount",),
}


def _digits(table: str, columns: tuple[str, ...]) -> tuple[str, str]:
    checks = " and ".join(f"billing_fits({column}, currency)" for column in columns)
    return (
        f"alter table {table} add constraint {table}_digits check ({checks})",
        f"alter table {table} drop constraint {table}_digits",
    )


FREEZE = f"""
create function billing_freeze_invoice() returns trigger language plpgsql as $$
declare kept text[] := array[{", ".join(f"'{name}'" for name in CHANGEABLE)}];
begin
  if tg_op = 'DELETE' then
    if old.number is not null then
      raise exception 'invoice % was issued and stays', old.number using errcode = '23001';
    end if;
    return old;
  end if;
  if tg_op = 'INSERT' or old.number is null then
    new.frozen_at := case when new.number is null then null else transaction_timestamp() end;
    return new;
  end if;
  if current_setting('app.erasing', true) = 'yes' then
    kept := kept || array[{", ".join(f"'{name}'" for name in PERSONS)}];
  end if;
  if to_jsonb(new) - kept is distinct from to_jsonb(old) - kept then
    raise exception 'invoice % was issued and stays as it is', old.number using errcode = '23001';
  end if;
  if old.state = 'cancelled' and new.state <> 'cancelled' then
    raise exception 'invoice % was cancelled and stays so', old.number using errcode = '23001';
  end if;
  return new;
end $$
"""

# Lines and parts come with their invoice, in the transaction that gives it its number, or to a draft.
FREEZE_PART = """
create function billing_freeze_{what}() returns trigger language plpgsql as $$
declare frozen timestamptz;
begin
  if tg_op = 'DELETE' then
    select frozen_at into frozen from billing_invoice where id = old.invoice_id;
  else
    select frozen_at into frozen from billing_invoice where id = new.invoice_id;
  end if;
  if frozen is not null and (tg_op <> 'INSERT' or frozen <> transaction_timestamp()) then
    {allowed}
    raise exception 'the invoice was issued and stays as it is' using errcode = '23001';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$
"""
SETTLING = (
    "if tg_op = 'UPDATE' and to_jsonb(new) - array['settled', 'open'] = "
    "to_jsonb(old) - array['settled', 'open'] then return new; end if;"
)

AGREES = """
create function billing_invoice_agrees() returns trigger language plpgsql as $$
declare
  i billing_invoice%rowtype;
  lines record;
  parts record;
begin
  select * into i from billing_invoice where id = new.id;
  if not found then return null; end if;
  select coalesce(sum(amount), 0) as amount, coalesce(sum(tax_amount), 0) as tax,
         coalesce(sum(withheld), 0) as withheld,
         bool_and(billing_fits(amount, i.currency) and billing_fits(tax_amount, i.currency)
                  and billing_fits(withheld, i.currency)) as fits
    into lines from billing_invoiceline where invoice_id = i.id;
  if lines.amount <> i.subtotal or lines.tax <> i.tax_total or lines.withheld <> i.withheld_total then
    raise exception 'invoice %: its lines are not its total', i.id using errcode = '23514';
  end if;
  if lines.fits is false then
    raise exception 'invoice %: a line has more digits than its currency', i.id using errcode = '23514';
  end if;
  select count(*) as many, coalesce(sum(amount), 0) as amount, coalesce(sum(settled), 0) as settled,
         bool_and(billing_fits(amount, i.currency)) as fits
    into parts from billing_instalment where invoice_id = i.id;
  if i.number is not null and i.total > 0 and (parts.amount <> i.total or parts.fits is false) then
    raise exception 'invoice %: its instalments are not its total', i.id using errcode = '23514';
  end if;
  if i.number is not null and i.state <> 'cancelled' and parts.settled <> i.paid_total + i.credited_total then
    raise exception 'invoice %: what is settled of its instalments is not what was paid', i.id
      using errcode = '23514';
  end if;
  return null;
end $$
"""

SETTLED = """
create function billing_instalment_agrees() returns trigger language plpgsql as $$
begin
  if (select i.number is not null and i.state <> 'cancelled'
             and i.paid_total + i.credited_total
                 <> (select sum(settled) from billing_instalment where invoice_id = i.id)
        from billing_invoice i where i.id = new.invoice_id) then
    raise exception 'invoice %: what is settled of its instalments is not what was paid', new.invoice_id
      using errcode = '23514';
  end if;
  return null;
end $$
"""

MONTH = """
create function billing_month_is_open() returns trigger language plpgsql as $$
declare days date[] := array[]::date[];
begin
  {days}
  if exists (select from billing_closedmonth m, unnest(days) day
              where m.company_id = new.company_id and m.month = date_trunc('month', day)::date) then
    raise exception 'the books of this month are closed' using errcode = '23514',
      constraint = 'billing_month_is_open';
  end if;
  return new;
end $$
"""


def _month(table: str, name: str, days: str, when: str) -> tuple[str, str]:
    function = MONTH.replace("billing_month_is_open()", f"{name}()").format(days=days)
    return (
        f"{function}; create trigger month_is_open before {when} on {table} for each row execute function {name}()",
        f"drop trigger month_is_open on {table}; drop function {name}()",
    )


STEPS: list[tuple[str, str]] = [
    (FITS, "drop function billing_fits(numeric, text)"),
    *(_digits(table, columns) for table, columns in DIGITS.items()),
    (
        f"{FREEZE}; create trigger freeze_invoice before insert or update or delete on billing_invoice "
        "for each row execute function billing_freeze_invoice()",
        "drop trigger freeze_invoice on billing_invoice; drop function billing_freeze_invoice()",
    ),
    *(
        (
            f"{FREEZE_PART.format(what=what, allowed=allowed)}; create trigger freeze_part before insert or update or delete "
            f"on billing_{what} for each row execute function billing_freeze_{what}()",
            f"drop trigger freeze_part on billing_{what}; drop function billing_freeze_{what}()",
        )
        for what, allowed in (("invoiceline", ""), ("instalment", SETTLING))
    ),
    (
        f"{AGREES}; create constraint trigger invoice_agrees after insert or update of subtotal, tax_total, "
        "withheld_total, total, paid_total, credited_total, number, state on billing_invoice "
        "deferrable initially deferred for each row execute function billing_invoice_agrees()",
        "drop trigger invoice_agrees on billing_invoice; drop function billing_invoice_agrees()",
    ),
    (
        f"{SETTLED}; create constraint trigger instalment_agrees after update of settled on billing_instalment "
        "deferrable initially deferred for each row execute function billing_instalment_agrees()",
        "drop trigger instalment_agrees on billing_instalment; drop function billing_instalment_agrees()",
    ),
    _month(
        "billing_invoice",
        "billing_invoice_month_is_open",
        "if new.number is not null and (tg_op = 'INSERT' or old.number is null "
        "or (new.state = 'cancelled' and old.state <> 'cancelled')) "
        "then days := array[new.issued_on, new.cancelled_on]; end if;",
        "insert or update of number, state",
    ),
    _month("billing_credit", "billing_credit_month_is_open", "days := array[new.credited_on];", "insert"),
    _month(
        "billing_fiscaldocument",
        "billing_note_month_is_open",
        "days := array[new.issued_on];",
        "insert",
    ),
]


class Migration(migrations.Migration):
    dependencies = [("billing", "0002_wall_the_billing")]

    operations = [migrations.RunSQL(do, undo) for do, undo in STEPS]
