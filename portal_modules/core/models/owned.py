"""Rows that belong to one company."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django_scopes import ScopedManager

from portal_modules.core.walls import CURRENT_COMPANY


class CurrentCompany(models.Func):
    """The company in scope, as the database knows it: the default of every `company` column.

    Child rows that Wagtail's inline panels and formsets make need no code to get their company.
    """

    template = CURRENT_COMPANY
    output_field = models.BigIntegerField()

    def __init__(self) -> None:
        super().__init__()

    # A default of a column must not depend on others: Django asks the expression.
    allowed_default = True


def CompanyManager(queryset: type[models.QuerySet[Any]] = models.QuerySet) -> Any:  # noqa: N802 (it makes a class)
    """A manager whose every query is inside the company in scope, and which raises outside of one."""
    manager = models.Manager.from_queryset(queryset) if queryset is not models.QuerySet else models.Manager
    return ScopedManager(_manager_class=manager, company="company")


class CompanyOwned(models.Model):
    """A row of one company: no query reaches it outside the scope of that company."""

    company = models.ForeignKey(
        "core.Company",
        on_delete=models.PROTECT,
        db_default=CurrentCompany(),
        editable=False,
        related_name="+",
    )

    objects: ClassVar[Any] = CompanyManager()

    class Meta:
        abstract = True
