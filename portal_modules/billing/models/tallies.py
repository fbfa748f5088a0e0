"""What a customer's invoices come to, kept by the database so that no page adds up ten thousand of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal_modules.core.models import CompanyManager
from portal_modules.customers.querysets import WholeQuerySet

from .keys import HeldChild


def _sum() -> Any:
    return models.DecimalField(max_digits=24, decimal_places=4)


class Tally(HeldChild):
    """What was added to the sums of one customer: by currency, tax id, month of issue, and day from which it is overdue.

    The database writes a row for each change of an invoice and never changes one, so nobody waits for another; rows of
    the same kind are put together later (`billing_fold_tallies`). Only their sums mean something: a row may be
    below zero. Drafts are in none; `overdue_from` is empty where nothing is open.
    """

    currency = models.CharField(max_length=3)
    tax_id = models.CharField(max_length=20)
    month = models.DateField()
    overdue_from = models.DateField(null=True)
    # `listed` counts the cancelled ones too; they claim nothing.
    listed = models.IntegerField()
    claimed = models.IntegerField()
    open_count = models.IntegerField()
    billed = _sum()
    open = _sum()

    objects: ClassVar[Any] = CompanyManager(WholeQuerySet)

    class Meta:
        verbose_name = "tally of invoices"
        verbose_name_plural = "tallies of invoices"
