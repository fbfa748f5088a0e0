"""What stands about documents beside a record in the back office: its files, and what was asked for it."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from portal_modules.core.beside import staff_parts
from portal_modules.core.records import PortalRecord
from portal_modules.core.rights import may

from .choices import TRANSITIONS, RequestState
from .forms import RefuseForm
from .models import Document, DocumentRequest, SentDocument, SentFile

_MOST = 50


@staff_parts.add(order=10)
def what_was_sent(request: Any, record: PortalRecord, form: RefuseForm | None = None) -> SafeString | None:
    """Beside a document asked for: what was sent, and the buttons to accept or refuse it."""
    if not isinstance(record, DocumentRequest) or not may(request.user, "documents.view"):
        return None
    files = SentFile.objects.select_related("document")
    sent = SentDocument.objects.filter(request=record).prefetch_related(Prefetch("files", queryset=files))
    ways = TRANSITIONS[RequestState(record.state)] if may(request.user, "documents.edit") else ()
    context = {
        "asked": record,
        "rounds": sent[:_MOST],
        "is_overdue": record.is_overdue(timezone.localdate()),
        "form": (form or RefuseForm()) if RequestState.REFUSED in ways else None,
        "accept_url": _verb(record, "accept") if RequestState.ACCEPTED in ways else "",
        "refuse_url": _verb(record, "refuse"),
        "withdraw_url": _verb(record, "withdraw") if RequestState.WITHDRAWN in ways else "",
    }
    return render_to_string("documents/staff_sent.html", context, request)


@staff_parts.add(order=50)
def documents_beside(request: Any, record: PortalRecord) -> SafeString | None:
    """Beside any other record: what was asked for it, its files, and the way to ask for one."""
    if isinstance(record, DocumentRequest) or not may(request.user, "documents.view"):
        return None
    row: Any = record
    context = {
        "requests": DocumentRequest.objects.for_record(record)[:_MOST],
        "files": Document.objects.of_record(record).kept()[:_MOST],
        "ask_url": reverse("documents_ask", args=[record.record_type(), row.pk])
        if may(request.user, "documents.edit")
        else "",
    }
    return render_to_string("documents/staff_beside.html", context, request)


def _verb(asked: DocumentRequest, verb: str) -> str:
    return reverse("documents_decide", args=[asked.pk, verb])
