"""What the home of the back office shows of billing: what is overdue, drafts, and receivables by age."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.amounts import money_shown
from portal_modules.core.companies import card_in_scope
from portal_modules.core.desk import Bar, Chart, Number, WorkItem
from portal_modules.core.rights import may

from .days import billing_day
from .models import BankSlip, Invoice
from .reading import ageing


def work(request: Any) -> list[WorkItem]:
    """What is overdue and nobody has promised, boletos that are owed no more, and drafts that wait to be issued."""
    today = billing_day(card_in_scope().company)
    found = []
    if may(request.user, "billing.collect"):
        found.append(
            WorkItem(
                _("Invoices overdue"),
                f"{_invoices()}?standing=overdue&sort=due_shown",
                Invoice.objects.overdue(today),
                icon="warning",
                order=15,
                pressing=True,
                since="next_due_on",
            )
        )
    if may(request.user, "billing.edit"):
        found += [
            WorkItem(
                _("Boletos to withdraw at the bank"),
                f"{reverse('billing_bankslip_modeladmin_index')}?owed=no&sort=due_on",
                BankSlip.objects.to_withdraw(),
                icon="list-ol",
                order=16,
                since="due_on",
            ),
            WorkItem(
                _("Drafts of invoices"),
                f"{_invoices()}?state__exact=draft",
                Invoice.objects.drafts(),
                icon="edit",
                order=40,
            ),
        ]
    return found


def numbers(request: Any) -> list[Number]:
    """How many are open, and how many were issued today."""
    if not may(request.user, "billing.view"):
        return []
    today = billing_day(card_in_scope().company)
    return [
        Number(
            _("Invoices pending"), f"{_invoices()}?standing=pending", Invoice.objects.pending(today), order=30
        ),
        Number(
            _("Invoices issued today"),
            f"{_invoices()}?issued_on__gte={today}&issued_on__lte={today}",
            Invoice.objects.filter(issued_on=today),
            order=40,
        ),
    ]


def charts(request: Any) -> list[Chart]:
    """What is owed, by how late it is, in the company's currency."""
    if not may(request.user, "billing.view"):
        return []
    currency = card_in_scope().company.currency
    label = _("Owed, in %(currency)s") % {"currency": currency}
    return [Chart("receivables", _("What is owed, by age"), _by_age, order=20, value_label=label)]


def _by_age() -> Sequence[Bar]:
    company = card_in_scope().company
    found = [
        each for each in ageing(billing_day(company), by_customer=False) if each.currency == company.currency
    ]
    if not found:
        return []
    aged, names = found[0], ("1-30", "31-60", "61-90", "91-")
    words = (_("1 to 30 days"), _("31 to 60 days"), _("61 to 90 days"), _("More than 90 days"))
    bars = [_bar(_("Not due yet"), aged.not_due, "standing=pending")]
    for name, word, amount in zip(names, words, aged.ages, strict=True):
        bars.append(_bar(word, amount, f"age={name}"))
    return bars


def _bar(words: str, amount: Decimal, query: str) -> Bar:
    shown = money_shown(amount, card_in_scope().company.currency)
    return Bar(words, int(amount), f"{_invoices()}?{query}", shown)


def _invoices() -> str:
    return reverse("billing_invoice_modeladmin_index")
