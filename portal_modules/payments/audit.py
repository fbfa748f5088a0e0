"""What has to be true of payments, for `manage.py audit_money`.

The constraints and triggers keep these faults out of what the application writes; this finds what went past them.
"""

# ruff: noqa: S608 (names of our own tables)

from __future__ import annotations

from typing import Final

from portal_modules.billing.actions import Check, other_checks

_IN = "where t.company_id = %(company)s and"

_LEFT = (
    "select p.id::text from payments_payment p "
    "left join lateral (select coalesce(sum(a.amount), 0) as used from payments_allocation a "
    "where a.payment_id = p.id) a on true "
    "left join lateral (select coalesce(sum(r.amount), 0) as back, coalesce(sum(r.fees), 0) as fees "
    "from payments_refund r where r.payment_id = p.id "
    "and not exists (select from payments_refundstep s where s.refund_id = r.id and s.state = 'failed')) r on true "
    "where p.company_id = %(company)s and (p.amount - p.fees - a.used - r.back < 0 or a.used < 0 or r.fees > p.fees)"
)
_CREDIT = (
    "select c.id::text from billing_credit c join lateral (select coalesce(sum(a.amount), 0) as used "
    "from payments_allocation a where a.credit_id = c.id) a on true where c.company_id = %(company)s "
    "and (a.used > c.amount or a.used < 0 or (a.used <> 0 and c.invoice_id is not null))"
)
_PAID = (
    "select i.id::text from billing_invoice i left join lateral (select coalesce(sum(a.amount), 0) as used "
    "from payments_allocation a where a.invoice_id = i.id) a on true where i.company_id = %(company)s "
    "and (a.used > i.paid_total or (a.used < i.paid_total and not i.is_imported))"
)
_PARTS = (
    "select p.id::text from billing_instalment p join lateral (select coalesce(sum(a.amount), 0) as used "
    "from payments_allocation a where a.instalment_id = p.id) a on true "
    "where p.company_id = %(company)s and a.used > p.settled"
)
_SAME = (
    f"select t.id::text from payments_allocation t join billing_invoice i on i.id = t.invoice_id {_IN} "
    "(i.customer_id <> t.customer_id or i.company_id <> t.company_id or i.currency <> t.currency) "
    f"union all select t.id::text from payments_allocation t join payments_payment p on p.id = t.payment_id {_IN} "
    "(p.customer_id <> t.customer_id or p.company_id <> t.company_id or p.currency <> t.currency) "
    f"union all select t.id::text from payments_allocation t join billing_credit c on c.id = t.credit_id {_IN} "
    "(c.customer_id <> t.customer_id or c.company_id <> t.company_id or c.currency <> t.currency) "
    f"union all select t.id::text from payments_allocation t join billing_instalment n on n.id = t.instalment_id {_IN} "
    "n.invoice_id <> t.invoice_id "
    f"union all select t.id::text from payments_refund t join payments_payment p on p.id = t.payment_id {_IN} "
    "(p.customer_id <> t.customer_id or p.currency <> t.currency)"
)
_BACK = (
    "select o.id::text from payments_allocation o join payments_allocation b on b.takes_back_id = o.id "
    "where o.company_id = %(company)s group by o.id, o.amount, o.payment_id, o.credit_id, o.invoice_id "
    "having o.amount + sum(b.amount) < 0 or bool_or(b.invoice_id <> o.invoice_id "
    "or b.payment_id is distinct from o.payment_id or b.credit_id is distinct from o.credit_id)"
)
_CHARGES = (
    "select min(id::text) from payments_payment where company_id = %(company)s and provider_charge <> '' "
    "group by provider_id, provider_charge having count(*) > 1 "
    "union all select min(id::text) from payments_payment where company_id = %(company)s and bank_line <> '' "
    "group by bank_line having count(*) > 1 "
    "union all select min(id::text) from payments_payment where company_id = %(company)s "
    "and declared_id is not null group by declared_id having count(*) > 1"
)
_NUMBERS = (
    "select n::text from core_sequence s, generate_series(1, s.last) n where s.company_id = %(company)s "
    "and s.name = 'payments.payment' and not exists (select from payments_payment t "
    "where t.company_id = s.company_id and t.serial = n) "
    "union all select 'above ' || t.serial from payments_payment t where t.company_id = %(company)s and t.serial > "
    "coalesce((select last from core_sequence s where s.company_id = %(company)s and s.name = 'payments.payment'), 0)"
)
_CLOSED = " union all ".join(
    f"select t.id::text from {table} t join billing_closedmonth m on m.company_id = t.company_id "
    f"and m.month = date_trunc('month', t.{day})::date where t.company_id = %(company)s and t.{at} > m.closed_at"
    for table, day, at in (
        ("payments_payment", "received_on", "recorded_at"),
        ("payments_allocation", "allocated_on", "made_at"),
        ("payments_refund", "refunded_on", "made_at"),
    )
)
_DIGITS = " union all ".join(
    f"select id::text from payments_{table} where company_id = %(company)s and amount <> round(amount, "
    "case currency when 'CLP' then 0 else 2 end)"
    for table in ("payment", "allocation", "refund")
)
_ATTEMPTS = (
    "select a.id::text from payments_paymentattempt a where a.company_id = %(company)s and a.state = 'succeeded' "
    "and not exists (select from payments_payment p where p.attempt_id = a.id) "
    "union all select t.attempt_id::text from payments_paymentattemptitem t "
    f"join payments_paymentattempt a on a.id = t.attempt_id {_IN} t.is_open "
    "and a.state not in ('open', 'pending')"
)

CHECKS: Final = (
    Check("payments", "More of a payment is used or gone back than came.", _LEFT),
    Check("credits used", "More of a credit is used than was credited, or one that was not free.", _CREDIT),
    Check("paid", "What an invoice says is paid is not what pays it.", _PAID),
    Check("paid parts", "More pays an instalment than is settled of it.", _PARTS),
    Check(
        "whose money",
        "Money pays an invoice of another customer, company or currency, or another's part.",
        _SAME,
    ),
    Check("taken back", "More was taken back than was given, or from another.", _BACK),
    Check("booked twice", "The same charge, line of a bank or declared payment is booked twice.", _CHARGES),
    Check(
        "payment numbers",
        "A number of the series of payments is missing, or was given past the series.",
        _NUMBERS,
    ),
    Check(
        "closed months of payments", "A payment was dated in a month after its books were closed.", _CLOSED
    ),
    Check("digits of payments", "An amount has more decimals than its currency.", _DIGITS),
    Check(
        "attempts",
        "An attempt is said to be paid and is not, or holds its invoice though it has ended.",
        _ATTEMPTS,
    ),
)

other_checks.extend(CHECKS)
