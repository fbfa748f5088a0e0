"""A row of any record, for checks that hold for every module: what must be filled in is filled in."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

from portal_modules.core.models import Company, CompanyOwned
from portal_modules.customers.models import Customer

_DEPTH = 3
_NUMBERS = count(1000)


def record_of(record: type[Any], customer: Customer) -> Any:
    """The customer's first record of a class, or a new one. The company's staff scope has to be in force.

    A module whose records want more than a value in each column that must have one overrides
    `ModuleChecks.make_record`.
    """
    found = record.objects.filter(customer=customer).first()
    return found or filled(record, customer)


def filled(model: type[Any], customer: Customer, depth: int = 0, mark: str = "", **values: Any) -> Any:
    """A saved row with a plain value in each column that must have one; its texts begin with the mark.

    What a plain row would break a rule of stands in `tests/<module>/rows.py`: `beside(model, customer)`.
    """
    values = {**_beside(model, customer), **values}
    for field in model._meta.concrete_fields:
        if field.name in values or field.generated:
            continue
        if field.name == "company":
            values["company"] = customer.company
        elif field.name == "customer":
            values["customer"] = customer
        elif not (field.null or field.has_default() or field.primary_key or field.name.startswith("pgh_")):
            values[field.name] = _value(field, customer, depth, mark)
    return model.objects.create(**values)


def has_customer(model: type[Any]) -> bool:
    """Is each of its rows of one customer?"""
    return any(field.name == "customer" for field in model._meta.concrete_fields)


def _beside(model: type[Any], customer: Customer) -> dict[str, Any]:
    path = f"tests.{model._meta.app_label}.rows"
    if find_spec(path.rpartition(".")[0]) is None or find_spec(path) is None:
        return {}
    found: dict[str, Any] = import_module(path).beside(model, customer)
    return found


def _value(field: Any, customer: Customer, depth: int, mark: str) -> Any:
    if isinstance(field, models.ForeignKey):
        return _target(field.remote_field.model, customer, depth)
    if field.choices:
        return field.choices[0][0]
    return _plain_value(field, mark)


def _plain_value(field: Any, mark: str) -> Any:
    match field:
        case models.DateTimeField():
            return timezone.now()
        case models.DateField():
            return date(2026, 1, 5)
        case models.BooleanField():
            return False
        case models.UUIDField():
            return uuid4()
        case models.IntegerField() | models.DecimalField() | models.FloatField():
            return next(_NUMBERS)  # no two alike: many are numbers that people quote
        case models.JSONField():
            return {}
        case models.BinaryField():
            return mark.encode()
        case models.FileField():
            return ""
        case models.EmailField():
            return f"{mark.lower()}{uuid4().hex[:8]}@example.com"
        case models.CharField() | models.TextField():
            return (mark + uuid4().hex.upper())[: field.max_length or 80]
    raise NotImplementedError(
        f"{field} has no plain value: override make_record in the module's ModuleChecks."
    )


def _target(model: type[Any], customer: Customer, depth: int) -> Any:
    """What a foreign key may point at: a row that is there, of the customer or in the company; else a new one."""
    if model is Company:
        return customer.company
    rows = model._default_manager.all()
    found = (rows.filter(customer=customer) if has_customer(model) else rows).first()
    if found is not None:
        return found
    if depth >= _DEPTH or not issubclass(model, CompanyOwned):
        raise NotImplementedError(f"There is no {model.__name__} to point at: override make_record.")
    return filled(model, customer, depth + 1)
