"""A million processes with their customers, phases entered and notices, in a few statements.

COPY is refused on walled tables, so the rows come from `insert … select` over a few staging tables without
walls. Triggers are off meanwhile: children get their customer here, and a history of what never changed is
of no use.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from tests.benchmarks.fill.bulk import bulk_load
from tests.benchmarks.fill.numbers import lookup_numbers
from tests.benchmarks.ground import Sizes

PROCESSES_PER_CUSTOMER = 10
TABLES = ("customers_customer", "processes_process", "processes_phaseentry", "processes_notice")

# Companies take turns, so that the rows of one are spread over the whole table, as in years of work.
STAGE = """
create temporary table stage_company on commit drop as
select row_number() over (order by id) - 1 as turn, id as company_id, country from core_company;

create temporary table stage_phase on commit drop as
select k.company_id, dense_rank() over (partition by k.company_id order by k.id) - 1 as kind_turn,
       k.id as kind_id, p.position, p.id as phase_id
  from processes_processkind k join processes_phase p on p.kind_id = k.id;

insert into customers_customer (company_id, uuid, name, kind, country, tax_id, reference, is_customer, is_supplier,
                                language, created_at)
select c.company_id, gen_random_uuid(), 'Customer ' || j, 'person', c.country, '', '', true, false, 'en',
       now() - interval '2 years'
  from generate_series(0, {customers} - 1) j cross join stage_company c;

create temporary table stage_customer on commit drop as
select company_id, row_number() over (partition by company_id order by id) - 1 as turn, id as customer_id
  from customers_customer;

create temporary table stage_process on commit drop as
select n.number, n.n, c.company_id, k.customer_id, n.m % 4 as kind_turn, 4 + n.m % 5 as phases,
       gen_random_uuid() as id, current_date - 30 - (n.m % 300)::integer as opened_on
  from (select row_number() over () - 1 as n, (row_number() over () - 1) / {companies} as m, number
          from stage_number) n
  join stage_company c on c.turn = n.n % {companies}
  join stage_customer k on k.company_id = c.company_id and k.turn = n.m % {customers};
analyze stage_phase;
analyze stage_process;
"""

# Four to eight phases have been entered, six in the mean; after the eighth half of them are closed.
PROCESSES = """
insert into processes_process (id, company_id, customer_id, kind_id, phase_id, title, lookup_number,
                               needs_second_datum, registry_number, state, opened_on, phase_since, closed_on)
select s.id, s.company_id, s.customer_id, p.kind_id, p.phase_id, 'Matter ' || s.n, s.number, false,
       'REG-' || s.n, case when s.phases = 8 and s.n % 2 = 0 then 'closed' else 'open' end, s.opened_on,
       s.opened_on + 3 * (s.phases - 1)::integer,
       case when s.phases = 8 and s.n % 2 = 0 then s.opened_on + 28 end
  from stage_process s
  join stage_phase p
    on p.company_id = s.company_id and p.kind_turn = s.kind_turn and p.position = s.phases - 1
 order by s.n
"""
ENTRIES = """
insert into processes_phaseentry (company_id, customer_id, process_id, phase_id, entered_on, created_at)
select s.company_id, s.customer_id, s.id, p.phase_id, s.opened_on + 3 * p.position,
       (s.opened_on + 3 * p.position) + interval '10 hours'
  from stage_process s
  join stage_phase p on p.company_id = s.company_id and p.kind_turn = s.kind_turn and p.position < s.phases
"""
NOTICES = """
insert into processes_notice (company_id, customer_id, process_id, title, title_pt, title_es, title_en,
                              body, body_pt, body_en, is_marked, published_at, created_at)
select s.company_id, s.customer_id, s.id, w.pt, w.pt, w.es, w.en,
       w.pt || '. Não precisa de fazer nada; avisamos assim que houver novidades sobre o seu assunto.',
       w.pt || '. Não precisa de fazer nada; avisamos assim que houver novidades sobre o seu assunto.',
       w.en || '. There is nothing for you to do; we write again as soon as there is news of your matter.',
       w.turn = 0 or s.n % 10 <> 0, s.opened_on + w.days + interval '15 hours',
       s.opened_on + w.days + interval '14 hours'
  from stage_process s
 cross join (
     values (0, 2, 'Recebemos os documentos', 'Hemos recibido los documentos', 'We have received the papers'),
            (1, 9, 'O pedido foi entregue', 'La solicitud fue entregada', 'The request was handed in')
       ) as w (turn, days, pt, es, en)
"""


def fill_processes(connection: psycopg.Connection[Any], sizes: Sizes) -> None:
    """Fill the four tables as a superuser, and bring the planner's statistics up to date."""
    customers = max(1, sizes.processes // sizes.companies // PROCESSES_PER_CUSTOMER)
    with bulk_load(connection, TABLES):
        connection.execute("create temporary table stage_number (number text) on commit drop")
        with connection.cursor().copy("copy stage_number from stdin") as copy:
            for number in lookup_numbers(sizes.processes):
                copy.write(f"{number}\n")
        connection.execute(sql.SQL(STAGE).format(companies=sizes.companies, customers=customers))
        for statement in (PROCESSES, ENTRIES, NOTICES):
            connection.execute(statement)
    connection.execute("vacuum analyze")
