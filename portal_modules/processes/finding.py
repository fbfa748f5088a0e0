"""What the search box finds of processes: by their number, ours or the registry's, in any form."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.finding import MOST, Found
from portal_modules.core.rights import may

from .models import Process
from .numbers import readings

FEWEST_SIGNS = 4


def find(request: Any, text: str) -> list[Found]:
    """The process of a lookup number, and those of a number at the registry."""
    if not may(request.user, "processes.view"):
        return []
    by_number = set(
        Process.objects.filter(lookup_number__in=list(readings(text))).values_list("pk", flat=True)
    )
    ids = by_number | set(_of_registry_number(text))
    rows = (
        Process.objects.filter(pk__in=ids).select_related("customer", "kind", "phase").order_by("-opened_on")
    )
    return [_found(process, is_it=process.pk in by_number or len(ids) == 1) for process in rows[:MOST]]


def _of_registry_number(text: str) -> list[Any]:
    bare = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())
    if len(bare) < FEWEST_SIGNS or not any(sign.isdigit() for sign in bare):
        return []
    with connection.cursor() as cursor:
        cursor.execute("select id from processes_of_registry_number(%s, %s)", [bare, MOST + 1])
        return [row[0] for row in cursor.fetchall()]


def _found(process: Process, *, is_it: bool) -> Found:
    about = [process.customer.name, process.registry_number, str(process.phase)]
    return Found(
        title=f"{process.number_shown} · {process.record_title()}",
        url=reverse("processes_process_modeladmin_inspect", args=[process.pk]),
        kind=_("Process"),
        detail=" · ".join(filter(None, about)),
        icon="folder-open-inverse",
        is_it=is_it,
    )
