"""What the search box finds of customers: by name, tax id, phone or e-mail, of themselves or of their people."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.finding import MOST, Found, patterns, plain
from portal_modules.core.rights import may

from .models import Contact, Customer

_FEWEST_DIGITS: Final = 4  # fewer are the end of too many phones
_TOLD_BY: Final = 8  # digits at the end of a phone: what stands before is dialled from far away only
_LOOKED_AT: Final = 200
_NUMBER = re.compile(r"[\d\s().+/-]+\Z")


def find(request: Any, text: str) -> list[Found]:
    """The customers that somebody may mean, the best first."""
    if not may(request.user, "customers.view"):
        return []
    ids = customer_ids(text)
    bare, typed = bare_of(text), plain(text)
    customers = list(Customer.objects.filter(pk__in=ids).select_related("group"))
    by_mail = _of_this_address(typed, ids)
    customers.sort(
        key=lambda each: (not _is_it(each, bare, by_mail), not plain(each.name).startswith(typed), each.name)
    )
    return [_found(each, is_it=_is_it(each, bare, by_mail)) for each in customers[:MOST]]


def customer_ids(text: str, most: int = _LOOKED_AT) -> list[int]:
    """The ids of what a text finds, in the company in scope."""
    with connection.cursor() as cursor:
        cursor.execute("select id from customers_find(%s::text[], %s, %s, %s, %s)", [*asked_for(text), most])
        return [row[0] for row in cursor.fetchall()]


def asked_for(text: str) -> tuple[list[str], str, str, str]:
    """What the finders are asked: words as patterns, the longest of them, a tax id, and a phone turned round."""
    words, longest = patterns(text)
    digits = re.sub(r"\D", "", text) if _NUMBER.match(text) else ""
    turned = digits[::-1][:_TOLD_BY] if len(digits) >= _FEWEST_DIGITS else ""
    return words, longest, bare_of(text), turned


def bare_of(text: str) -> str:
    """The text as a tax id is kept, where it can be one or the beginning of one."""
    folded = unicodedata.normalize("NFKC", text).upper()
    bare = "".join(sign for sign in folded if sign.isalnum())
    is_one = bare.isascii() and 4 <= len(bare) <= 20 and any(sign.isdigit() for sign in bare)
    return bare if is_one and "@" not in text else ""


def _of_this_address(typed: str, ids: list[int]) -> set[int]:
    """The customers of the person with exactly this e-mail."""
    if "@" not in typed:
        return set()
    return set(Contact.objects.filter(email=typed, customer__in=ids).values_list("customer", flat=True))


def _is_it(customer: Customer, bare: str, by_mail: set[int]) -> bool:
    return bool(bare and customer.tax_id == bare) or customer.pk in by_mail


def _found(customer: Customer, *, is_it: bool) -> Found:
    about = [customer.tax_id_shown, str(customer.group or ""), _("Archived") if customer.archived_at else ""]
    if customer.is_customer and customer.is_supplier:
        kind = _("Customer and supplier")
    else:
        kind = _("Supplier") if customer.is_supplier else _("Customer")
    return Found(
        title=customer.name,
        url=reverse("customers_customer_modeladmin_inspect", args=[customer.pk]),
        kind=kind,
        detail=" · ".join(filter(None, about)),
        icon="group",
        is_it=is_it,
    )
