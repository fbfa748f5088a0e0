"""A million invoices with two lines each, of which ten thousand are one customer's in each company.

Written as the processes are: with a few statements, triggers off, so what they would have seen to is seen to here.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from tests.benchmarks.fill.bulk import bulk_load
from tests.benchmarks.ground import BenchFailure, Sizes

OF_ONE_CUSTOMER = 10_000
TABLES = ("billing_invoice", "billing_invoiceline", "billing_instalment", "billing_tally")

# Every other invoice is the first customer's, until that one has enough. One of five is open, and overdue.
STAGE = """
create temporary table stage_company on commit drop as
select row_number() over (order by id) - 1 as turn, id as company_id, currency, country from core_company;

create temporary table stage_customer on commit drop as
select company_id, row_number() over (partition by company_id order by id) - 1 as turn, id as customer_id, name
  from customers_customer;

create temporary table stage_invoice on commit drop as
select gen_random_uuid() as id, c.company_id, c.currency, c.country, k.customer_id, k.name, n.m + 1 as serial,
       current_date - 60 - (n.m % 700)::integer as issued_on, n.m % 5 <> 0 as is_paid,
       (100 + n.m % 900)::numeric as first, 10::numeric as second
  from (select n, n / {companies} as m from generate_series(0, {invoices} - 1) n) n
  join stage_company c on c.turn = n.n % {companies}
  join stage_customer k on k.company_id = c.company_id
   and k.turn = case when n.m % 2 = 0 and n.m < 2 * {of_one} then 0 else n.m % {customers} end;
analyze stage_invoice;
"""
INVOICES = """
insert into billing_invoice (id, company_id, customer_id, number, serial, state, currency, tax_country, tax_id,
                             name_as_issued, address_as_issued, language, issued_on, due_on, next_due_on, overdue_from,
                             purchase_order, reference, about_type, subtotal, tax_total, withheld_total, total,
                             paid_total, credited_total, discount_percent, discount_amount, at_agency, disputed,
                             notes, cancel_reason, is_imported, created_at, frozen_at)
select id, company_id, customer_id, lpad(serial::text, 6, '0'), serial, 'issued', currency, country, '',
       name, '', 'en', issued_on, issued_on + 15, case when is_paid then null else issued_on + 15 end,
       case when is_paid then null else issued_on + 18 end, '', 'Work ' || serial, '', first + second, 0, 0,
       first + second, case when is_paid then first + second else 0 end, 0, 0, 0, false, '', '', '', false,
       issued_on + interval '10 hours', issued_on + interval '10 hours'
  from stage_invoice
 order by serial
"""
LINES = """
insert into billing_invoiceline (company_id, customer_id, invoice_id, position, text, quantity, unit, unit_price,
                                 tax_rate, tax_amount, amount, withheld)
select s.company_id, s.customer_id, s.id, p.position, p.text, 1, '', p.amount, 0, 0, p.amount, 0
  from stage_invoice s
 cross join lateral (values (1, 'Work of the month', s.first), (2, 'Postage', s.second)) as p (position, text, amount)
"""
PARTS = """
insert into billing_instalment (company_id, customer_id, invoice_id, number, due_on, amount, settled)
select company_id, customer_id, id, 1, issued_on + 15, first + second, case when is_paid then first + second else 0 end
  from stage_invoice
"""
TALLIES = """
insert into billing_tally (company_id, customer_id, currency, tax_id, month, overdue_from,
                           listed, claimed, open_count, billed, open)
select company_id, customer_id, currency, tax_id, date_trunc('month', issued_on::timestamp)::date, overdue_from,
       count(*), count(*), count(overdue_from), sum(total), sum(open_amount)
  from billing_invoice
 group by 1, 2, 3, 4, 5, 6
"""
WRONG = """
select count(*) from billing_invoice i tablesample bernoulli (2)
 where i.total <> (select sum(l.amount) from billing_invoiceline l where l.invoice_id = i.id)
    or i.total <> (select sum(p.amount) from billing_instalment p where p.invoice_id = i.id)
    or i.paid_total <> (select sum(p.settled) from billing_instalment p where p.invoice_id = i.id)
"""


def fill_invoices(connection: psycopg.Connection[Any], sizes: Sizes) -> None:
    """Fill the tables as a superuser; the customers are there. Raises `BenchFailure` when it does not add up."""
    row = connection.execute(
        "select min(many) from (select count(*) as many from customers_customer group by company_id) as each"
    ).fetchone()
    customers = max(1, int(row[0]) if row else 1)
    of_one = min(OF_ONE_CUSTOMER, sizes.invoices // sizes.companies // 2)
    with bulk_load(connection, TABLES):
        stage = sql.SQL(STAGE).format(
            companies=sizes.companies, invoices=sizes.invoices, customers=customers, of_one=of_one
        )
        connection.execute(stage)
        for statement in (INVOICES, LINES, PARTS, TALLIES):
            connection.execute(statement)
    connection.execute(f"vacuum analyze {', '.join(TABLES)}")
    wrong = connection.execute(WRONG).fetchone()
    if wrong is None or wrong[0]:
        raise BenchFailure("The fill has invoices that do not add up.")
