"""Amounts in templates: `{% load money %}{{ invoice.total|money:invoice.currency }}`."""

from __future__ import annotations

from decimal import Decimal

from django import template

from portal_modules.core.amounts import money_shown

register = template.Library()


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """The amount with its currency, as the reader's language writes it."""
    return money_shown(amount, currency)
