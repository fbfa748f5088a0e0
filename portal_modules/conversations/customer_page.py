"""Their conversations, on the back office's page of a customer: those that wait for an answer first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from portal_modules.core.customer_page import Panel
from portal_modules.core.exceptions import RegistryError
from portal_modules.core.records import records
from portal_modules.core.rights import may

from .models import Message, Thread

MOST = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One conversation: what it is about, how it ends, and its page."""

    thread: Any
    about: str
    url: str


def panels(request: Any, customer: Any) -> list[Panel]:
    """The last ones; nothing where nothing was ever said."""
    if not may(request.user, "conversations.view"):
        return []
    last = Message.objects.said().filter(thread=OuterRef("pk")).order_by("-created_at", "-pk")
    theirs = Thread.objects.filter(customer=customer).begun()
    rows = theirs.annotate(last_body=Subquery(last.values("body")[:1]))
    found = list(rows.order_by("-waits_for_staff", "-last_message_at")[: MOST + 1])
    context = {"lines": _lines(found[:MOST])}
    body = render_to_string("conversations/staff/of_customer.html", context, request)
    register = reverse("conversations_thread_modeladmin_index")
    more = f"{register}?customer__id__exact={customer.pk}" if len(found) > MOST else ""
    return [Panel("conversations", _("Conversations"), body, order=30, more_url=more)]


def _named(record: Any) -> str:
    """Title and number of a record, the number once: “Invoice 000028” says it already."""
    title, number = str(record.record_title()), str(record.record_number())
    return title if number in title else f"{title} · {number}"


def _lines(threads: Iterable[Any]) -> list[Line]:
    found = list(threads)
    wanted: dict[str, list[UUID]] = defaultdict(list)
    for thread in found:
        wanted[thread.record_type].append(thread.record_id)
    titles: dict[UUID, str] = {}
    for record_type, ids in wanted.items():
        try:
            rows = records.get(record_type).objects.in_bulk(ids)
        except RegistryError:
            continue
        titles |= {pk: _named(row) for pk, row in rows.items()}
    return [
        Line(each, titles.get(each.record_id, ""), _page(each)) for each in found if each.record_id in titles
    ]


def _page(thread: Any) -> str:
    name = thread.record_type.replace(".", "_")
    try:
        return reverse(f"{name}_modeladmin_inspect", args=[thread.record_id]) + "#thread"
    except NoReverseMatch:
        return ""
