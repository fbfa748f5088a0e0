"""What share links show of files: those beside a record, and a document that was asked for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import ActorKind
from portal_modules.core.companies import card_in_scope
from portal_modules.core.parts import FACTS, Shared, SharedPart
from portal_modules.core.scope import company_scope

from .actions import log_download
from .models import Document, DocumentRequest
from .serving import as_download

MOST = 100
_TEXTS = [f"{name}_{code}" for name in ("title", "reason") for code in ("pt", "es", "en")]


def _files(request: Any, shared: Shared) -> SafeString:
    rows = [
        {"document": document, "url": reverse("accounts:shared_file", args=[document.pk])}
        for document in _of(shared)[:MOST]
    ]
    return render_to_string("documents/shared_files.html", {"rows": rows})


def _hand_out(shared: Shared, pk: UUID) -> HttpResponseBase | None:
    document = _of(shared).filter(pk=pk).first()
    if document is None:
        return None
    response = as_download(document)
    with company_scope(card_in_scope().company):
        log_download(Document.objects.get(pk=document.pk), by=None, actor=ActorKind.LINK)
    return response


def _of(shared: Shared) -> Any:
    # The walls give a visitor these columns alone.
    rows = Document.objects.shared(shared.access).of(shared.record_type, shared.record_id)
    return rows.only("id", "company_id", "file", "name", "content_type", "size")


def _asked(request: Any, shared: Shared) -> SafeString:
    rows = DocumentRequest.objects.only(*_TEXTS, "number", "due_on", "state", "asked_at")
    asked = rows.filter(pk=shared.record_id).first()
    return render_to_string("documents/shared_facts.html", {"asked": asked}) if asked else SafeString()


PARTS = (
    SharedPart(FACTS, _("What was asked for"), _asked, frozenset({DocumentRequest.record_type()}), order=10),
    SharedPart("documents", _("Documents"), _files, hand_out=_hand_out, order=40),
)
