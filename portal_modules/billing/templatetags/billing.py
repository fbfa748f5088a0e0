"""Figures of invoices in templates."""

from __future__ import annotations

from decimal import Decimal

from django import template

from ..papers.figures import number_shown

register = template.Library()


@register.filter
def quantity(value: Decimal) -> str:
    """A quantity or a rate without zeros at its end, as the reader's language writes it."""
    return number_shown(value)
