"""Reckoning all money again: what the database should not be able to hold, looked for nevertheless.

The constraints and triggers keep these faults out of what the application writes. Whoever restores a backup, works
as superuser or moves data by hand goes past them; this finds what they left.
"""

# ruff: noqa: S608 (names of our own tables)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection

from portal_modules.core.models import Company

from .actions.auditing import Check, other_checks
from .actions.issuing import CREDIT_SERIES, INVOICE_SERIES

MOST_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of fault that was found: its name, what it is, how often, and the first rows."""

    name: str
    meaning: str
    many: int
    rows: list[str]


def _of_children(table: str) -> str:
    return (
        f"select i.id::text from billing_invoice i join {table} c on c.invoice_id = i.id "
        "where i.company_id = %(company)s and (c.customer_id <> i.customer_id or c.company_id <> i.company_id)"
    )


def _digits(table: str, column: str, currency: str = "currency") -> str:
    return (
        f"select id::text from {table} where company_id = %(company)s and "
        f"{column} <> round({column}, case {currency} when 'CLP' then 0 else 2 end)"
    )


def _missing(table: str, series: str, number: str) -> str:
    """Numbers of a series that no row has. What an import brought along takes the place of one."""
    return (
        f"select n::text from core_sequence s, generate_series(1, s.last) n where s.company_id = %(company)s "
        f"and s.name = '{series}' and not exists (select from {table} t where t.company_id = s.company_id and "
        f"(t.serial = n or t.number like '%%' || lpad(n::text, 6, '0')))"
        f" union all select 'above ' || t.serial from {table} t where t.company_id = %(company)s and t.serial > "
        f"coalesce((select last from core_sequence s where s.company_id = %(company)s and s.name = '{series}'), 0)"
        f" union all select t.id::text from {table} t where t.company_id = %(company)s and {number}"
    )


_LINES = (
    "select i.id::text from billing_invoice i left join lateral (select coalesce(sum(l.amount), 0) amount, "
    "coalesce(sum(l.tax_amount), 0) tax, coalesce(sum(l.withheld), 0) withheld from billing_invoiceline l "
    "where l.invoice_id = i.id) l on true where i.company_id = %(company)s and "
    "(l.amount <> i.subtotal or l.tax <> i.tax_total or l.withheld <> i.withheld_total)"
)
_PARTS = (
    "select i.id::text from billing_invoice i left join lateral (select coalesce(sum(p.amount), 0) amount "
    "from billing_instalment p where p.invoice_id = i.id) p on true "
    "where i.company_id = %(company)s and i.number is not null and p.amount <> i.total"
)
_SETTLED = (
    "select i.id::text from billing_invoice i left join lateral (select coalesce(sum(p.settled), 0) settled "
    "from billing_instalment p where p.invoice_id = i.id) p on true where i.company_id = %(company)s "
    "and i.state = 'issued' and p.settled <> i.paid_total + i.credited_total"
)
_CREDITS = (
    "select i.id::text from billing_invoice i left join lateral (select coalesce(sum(c.amount), 0) amount "
    "from billing_credit c where c.invoice_id = i.id) c on true "
    "where i.company_id = %(company)s and c.amount <> i.credited_total"
)
_OPEN = (
    "select id::text from billing_invoice where company_id = %(company)s and (paid_total + credited_total > total "
    "or open_amount <> case state when 'issued' then total - paid_total - credited_total else 0 end)"
)
_DUE = (
    "select i.id::text from billing_invoice i left join lateral (select min(p.due_on) due_on from billing_instalment p "
    "where p.invoice_id = i.id and p.settled < p.amount) p on i.state = 'issued' "
    "where i.company_id = %(company)s and i.number is not null and i.total > 0 "
    "and (i.next_due_on is distinct from p.due_on or (i.next_due_on is null) <> (i.overdue_from is null) "
    "or i.overdue_from <= i.next_due_on)"
)
_CLOSED = " union all ".join(
    f"select t.id::text from {table} t join billing_closedmonth m on m.company_id = t.company_id "
    f"and m.month = date_trunc('month', t.{day})::date where t.company_id = %(company)s and t.{at} > m.closed_at"
    for table, day, at in (
        ("billing_invoice", "issued_on", "frozen_at"),
        ("billing_credit", "credited_on", "created_at"),
        ("billing_fiscaldocument", "issued_on", "created_at"),
    )
)
_SLIP_AMOUNT = (
    "select s.id::text from billing_bankslip s join billing_invoice i on i.id = s.invoice_id "
    "left join billing_instalment p on p.id = s.instalment_id "
    "where s.company_id = %(company)s and s.amount <> coalesce(p.amount, i.total)"
)
_CURRENCY = " union all ".join(
    f"select c.id::text from {table} c join billing_invoice i on i.id = c.invoice_id "
    "where c.company_id = %(company)s and c.currency <> i.currency"
    for table in ("billing_credit", "billing_bankslip")
)
_PART_OF_OTHER = (
    "select s.id::text from billing_bankslip s join billing_instalment p on p.id = s.instalment_id "
    "where s.company_id = %(company)s and p.invoice_id <> s.invoice_id"
)
_LINE_AMOUNT = (
    "select i.id::text from billing_invoice i join billing_invoiceline l on l.invoice_id = i.id "
    "where i.company_id = %(company)s "
    "and l.amount <> round(l.quantity * l.unit_price, case i.currency when 'CLP' then 0 else 2 end)"
)
_TALLIES = (
    "select customer_id::text || ' ' || currency || ' ' || month::text from (select customer_id, currency, tax_id, "
    "month, overdue_from, listed, claimed, open_count, billed, open from billing_tally "
    "where company_id = %(company)s union all select customer_id, currency, tax_id, "
    "date_trunc('month', issued_on::timestamp)::date, case when open_amount > 0 then overdue_from end, -1, "
    "case when state = 'issued' then -1 else 0 end, case when open_amount > 0 then -1 else 0 end, "
    "case when state = 'issued' then -total else 0 end, -open_amount from billing_invoice "
    "where company_id = %(company)s and number is not null) as t "
    "group by customer_id, currency, tax_id, month, overdue_from having sum(listed) <> 0 or sum(claimed) <> 0 "
    "or sum(open_count) <> 0 or sum(billed) <> 0 or sum(open) <> 0"
)
_STATE = (
    "select id::text from billing_invoice where company_id = %(company)s and ((state = 'draft') <> (number is null) "
    "or (number is null) <> (issued_on is null) or (state = 'cancelled' and paid_total + credited_total <> 0) "
    "or (state = 'cancelled') <> (cancelled_on is not null) or due_on < issued_on)"
)

CHECKS: Final = (
    Check("lines", "The lines do not add up to the invoice.", _LINES),
    Check(
        "total",
        "The total is not the subtotal with taxes, less what is withheld.",
        "select id::text from billing_invoice where company_id = %(company)s "
        "and total <> subtotal + tax_total - withheld_total",
    ),
    Check("line amount", "A line is not its quantity times its price.", _LINE_AMOUNT),
    Check("instalments", "The instalments do not add up to the total.", _PARTS),
    Check("settled", "What is settled of the instalments is not what was paid and credited.", _SETTLED),
    Check(
        "open amount",
        "The open amount is not the total less what was paid and credited, or below zero.",
        _OPEN,
    ),
    Check("credits", "The credits of an invoice are not what it says was credited.", _CREDITS),
    Check("currency", "A credit or boleto is in another currency than its invoice.", _CURRENCY),
    Check(
        "customer",
        "A line, instalment, credit, boleto or note belongs to another customer than its invoice.",
        " union all ".join(
            _of_children(f"billing_{name}")
            for name in ("invoiceline", "instalment", "credit", "bankslip", "fiscaldocument")
        ),
    ),
    Check(
        "numbers",
        "A number of the series of invoices is missing, or was given past the series.",
        _missing("billing_invoice", INVOICE_SERIES, "t.number is null and t.serial is not null"),
    ),
    Check(
        "credit numbers",
        "A number of the series of credits is missing, or was given past the series.",
        _missing("billing_credit", CREDIT_SERIES, "t.serial is null"),
    ),
    Check("closed months", "A row was dated in a month after its books were closed.", _CLOSED),
    Check(
        "digits",
        "An amount has more decimals than its currency.",
        " union all ".join(
            _digits(f"billing_{table}", column)
            for table, column in (
                ("invoice", "total"),
                ("invoice", "paid_total"),
                ("invoice", "credited_total"),
                ("credit", "amount"),
                ("bankslip", "amount"),
                ("fiscaldocument", "amount"),
            )
        ),
    ),
    Check("boletos", "A boleto is of another amount than what it pays.", _SLIP_AMOUNT),
    Check("boleto of another", "A boleto pays an instalment of another invoice.", _PART_OF_OTHER),
    Check("due dates", "The next due date is not that of the first instalment that is open.", _DUE),
    Check("sums", "What is kept of a customer's sums is not what their invoices come to.", _TALLIES),
    Check("states", "The state does not fit the number, the days or what was settled.", _STATE),
)


def audit(company: Company) -> Iterator[Finding]:
    """What is wrong with the money of one company. Its staff scope has to be in force."""
    with connection.cursor() as cursor:
        for check in (*CHECKS, *other_checks):
            cursor.execute(f"select distinct found from ({check.sql}) as t (found)", {"company": company.pk})
            rows = [str(row[0]) for row in cursor.fetchall()]
            if rows:
                yield Finding(check.name, check.meaning, len(rows), sorted(rows)[:MOST_SHOWN])
