"""What the database holds of payments: digits, balances, states, closed months, and what providers said.

Safe on tables of any size that are empty; each function looks only at rows of the company in scope. What is
summed is locked first, so that two transactions never both believe that something is left.
"""

from django.db import migrations

# Where each state leads: `choices.py` has the same, and a test compares them.
WAYS = {
    "paymentattempt": {
        "open": "pending succeeded failed expired cancelled review",
        "pending": "succeeded failed expired cancelled review",
        "failed": "succeeded review",
        "expired": "succeeded review",
        "cancelled": "succeeded review",
        "review": "succeeded cancelled",
    },
    "declaredpayment": {
        "received": "review confirmed rejected",
        "review": "confirmed rejected",
        "rejected": "review confirmed",
    },
    "providereventrun": {
        "waiting": "done ignored failed review",
        "failed": "waiting done ignored review",
        "review": "waiting done ignored",
    },
    "dispute": {"open": "won lost"},
}

DIGITS = {
    "payments_payment": ("amount", "fees"),
    "payments_allocation": ("amount",),
    "payments_refund": ("amount",),
    "payments_dispute": ("amount",),
    "payments_paymentattempt": ("amount",),
    "payments_declaredpayment": ("amount",),
}


def _digits(table: str, columns: tuple[str, ...]) -> tuple[str, str]:
    checks = " and ".join(f"billing_fits({column}, currency)" for column in columns)
    return (
        f"alter table {table} add constraint {table}_digits check ({checks})",
        f"alter table {table} drop constraint {table}_digits",
    )


# A payment: what pays invoices and what went back is never more than what came.
LEFT = """
create function payments_payment_left(which uuid) returns numeric language sql stable as $$
  select p.amount - p.fees
       - coalesce((select sum(a.amount) from payments_allocation a where a.payment_id = p.id), 0)
       - coalesce((select sum(r.amount) from payments_refund r where r.payment_id = p.id
                     and not exists (select from payments_refundstep s
                                      where s.refund_id = r.id and s.state = 'failed')), 0)
    from payments_payment p where p.id = which
$$
"""

ALLOCATION = """
create function payments_allocation_fits() returns trigger language plpgsql as $$
declare
  i billing_invoice%rowtype;
  used numeric;
  original payments_allocation%rowtype;
begin
  select * into i from billing_invoice where id = new.invoice_id for no key update;
  if i.state <> 'issued' then
    raise exception 'invoice % is not issued', i.number using errcode = '23514';
  end if;
  if i.currency <> new.currency then
    raise exception 'invoice % is in another currency', i.number using errcode = '23514';
  end if;
  if not exists (select from billing_instalment where id = new.instalment_id and invoice_id = new.invoice_id) then
    raise exception 'the instalment is of another invoice' using errcode = '23514';
  end if;
  if new.payment_id is not null then
    if not exists (select from payments_payment where id = new.payment_id and currency = new.currency
                     for no key update) then
      raise exception 'the payment is in another currency' using errcode = '23514';
    end if;
    if payments_payment_left(new.payment_id) < 0 then
      raise exception 'more is used than was paid' using errcode = '23514', constraint = 'payments_not_used_twice';
    end if;
  else
    perform 1 from billing_credit c where c.id = new.credit_id and c.company_id = new.company_id
        and c.customer_id = new.customer_id and c.invoice_id is null and c.currency = new.currency
        for no key update;
    if not found then
      raise exception 'the credit is not free, or another''s' using errcode = '23514';
    end if;
    if (select coalesce(sum(amount), 0) from payments_allocation where credit_id = new.credit_id)
       > (select amount from billing_credit where id = new.credit_id) then
      raise exception 'more is used than was credited' using errcode = '23514',
        constraint = 'payments_not_used_twice';
    end if;
  end if;
  if new.takes_back_id is not null then
    select * into original from payments_allocation where id = new.takes_back_id for no key update;
    if original.invoice_id <> new.invoice_id or original.instalment_id <> new.instalment_id
       or original.payment_id is distinct from new.payment_id
       or original.credit_id is distinct from new.credit_id or original.takes_back_id is not null then
      raise exception 'a row takes back what is another''s' using errcode = '23514';
    end if;
    select coalesce(sum(amount), 0) into used from payments_allocation where takes_back_id = original.id;
    if original.amount + used < 0 then
      raise exception 'more is taken back than was given' using errcode = '23514',
        constraint = 'payments_not_taken_back_twice';
    end if;
  end if;
  return new;
end $$
"""

# At the end of the transaction: the invoice says that it is paid what pays it. What was paid before it was taken
# over from elsewhere has no row here.
AGREES = """
create function payments_invoice_agrees() returns trigger language plpgsql as $$
declare
  i record;
  used numeric;
begin
  select paid_total, number, is_imported into i from billing_invoice where id = new.invoice_id;
  select coalesce(sum(amount), 0) into used from payments_allocation where invoice_id = new.invoice_id;
  if used > i.paid_total or (used < i.paid_total and not i.is_imported) then
    raise exception 'invoice %: what pays it is not what was paid', i.number using errcode = '23514';
  end if;
  return null;
end $$
"""

REFUND = """
create function payments_refund_fits() returns trigger language plpgsql as $$
begin
  if not exists (select from payments_payment where id = new.payment_id and currency = new.currency
                   for no key update) then
    raise exception 'the payment is in another currency' using errcode = '23514';
  end if;
  if payments_payment_left(new.payment_id) < 0 then
    raise exception 'more goes back than is left' using errcode = '23514', constraint = 'payments_not_refunded_twice';
  end if;
  return null;
end $$
"""

# One attempt of an invoice is on its way: the first row of each invoice in it holds the place.
ITEM = """
create function payments_item_is_open() returns trigger language plpgsql as $$
begin
  new.is_open := not exists (select from payments_paymentattemptitem
                              where attempt_id = new.attempt_id and invoice_id = new.invoice_id)
             and exists (select from payments_paymentattempt
                          where id = new.attempt_id and state in ('open', 'pending'));
  return new;
end $$
"""
ATTEMPT = """
create function payments_attempt_holds() returns trigger language plpgsql as $$
begin
  update payments_paymentattemptitem set is_open = false
   where attempt_id = new.id and is_open and new.state not in ('open', 'pending');
  return null;
end $$
"""

EVENT = """
create function payments_keep_event() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('app.erasing', true) = 'yes'
     and to_jsonb(new) - 'payload' = to_jsonb(old) - 'payload' then
    return new;
  end if;
  raise exception 'what a provider said stays as it was said' using errcode = '23001';
end $$
"""

MONTH = """
create function {name}() returns trigger language plpgsql as $$
begin
  if exists (select from billing_closedmonth m
              where m.company_id = new.company_id and m.month = date_trunc('month', new.{day})::date) then
    raise exception 'the books of this month are closed' using errcode = '23514',
      constraint = 'billing_month_is_open';
  end if;
  return new;
end $$
"""


def _month(table: str, day: str) -> tuple[str, str]:
    name = f"{table}_month_is_open"
    return (
        f"{MONTH.format(name=name, day=day)}; create trigger month_is_open before insert on {table} "
        f"for each row execute function {name}()",
        f"drop trigger month_is_open on {table}; drop function {name}()",
    )


def _states(table: str, ways: dict[str, str]) -> tuple[str, str]:
    """A state changes along its table, whoever writes it."""
    allowed = ", ".join(f"('{before}', '{after}')" for before, many in ways.items() for after in many.split())
    name = f"{table}_keeps_its_way"
    return (
        f"create function {name}() returns trigger language plpgsql as $$ begin "
        f"if new.state <> old.state and (old.state, new.state) not in ({allowed}) then "
        f"raise exception 'from % to % there is no way', old.state, new.state using errcode = '23514'; end if; "
        f"return new; end $$; create trigger keeps_its_way before update of state on {table} "
        f"for each row execute function {name}()",
        f"drop trigger keeps_its_way on {table}; drop function {name}()",
    )


STEPS: list[tuple[str, str]] = [
    *(_digits(table, columns) for table, columns in DIGITS.items()),
    (LEFT, "drop function payments_payment_left(uuid)"),
    (
        f"{ALLOCATION}; create trigger allocation_fits after insert on payments_allocation "
        "for each row execute function payments_allocation_fits()",
        "drop trigger allocation_fits on payments_allocation; drop function payments_allocation_fits()",
    ),
    (
        f"{AGREES}; create constraint trigger invoice_agrees after insert on payments_allocation "
        "deferrable initially deferred for each row execute function payments_invoice_agrees()",
        "drop trigger invoice_agrees on payments_allocation; drop function payments_invoice_agrees()",
    ),
    (
        f"{REFUND}; create trigger refund_fits after insert on payments_refund "
        "for each row execute function payments_refund_fits()",
        "drop trigger refund_fits on payments_refund; drop function payments_refund_fits()",
    ),
    (
        f"{ITEM}; create trigger item_is_open before insert on payments_paymentattemptitem "
        "for each row execute function payments_item_is_open()",
        "drop trigger item_is_open on payments_paymentattemptitem; drop function payments_item_is_open()",
    ),
    (
        "create unique index payments_one_open_attempt on payments_paymentattemptitem (invoice_id) where is_open",
        "drop index payments_one_open_attempt",
    ),
    (
        f"{ATTEMPT}; create trigger attempt_holds after update of state on payments_paymentattempt "
        "for each row execute function payments_attempt_holds()",
        "drop trigger attempt_holds on payments_paymentattempt; drop function payments_attempt_holds()",
    ),
    (
        f"{EVENT}; create trigger keep_event before update or delete on payments_providerevent "
        "for each row execute function payments_keep_event()",
        "drop trigger keep_event on payments_providerevent; drop function payments_keep_event()",
    ),
    _month("payments_payment", "received_on"),
    _month("payments_allocation", "allocated_on"),
    _month("payments_refund", "refunded_on"),
    *(_states(f"payments_{name}", ways) for name, ways in WAYS.items()),
]


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_wall_the_payments")]

    operations = [migrations.RunSQL(do, undo) for do, undo in STEPS]
