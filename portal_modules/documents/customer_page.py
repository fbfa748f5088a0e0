"""Files and documents asked for, on the back office's page of a customer."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal_modules.core.customer_page import Panel, QuickLink
from portal_modules.core.rights import may

from .models import Document, DocumentRequest

MOST = 8


def panels(request: Any, customer: Any) -> list[Panel]:
    """What was asked for and is not settled, and the newest files."""
    if not may(request.user, "documents.view"):
        return []
    asked = list(DocumentRequest.objects.filter(customer=customer).open().most_pressing()[: MOST + 1])
    today = timezone.localdate()
    files = Document.objects.filter(customer=customer).kept().order_by("-created_at")[:MOST]
    context = {
        "asked": [(each, each.is_overdue(today)) for each in asked[:MOST]],
        "files": files,
    }
    register = reverse("documents_documentrequest_modeladmin_index")
    more = f"{register}?customer__id__exact={customer.pk}" if len(asked) > MOST else ""
    return [
        Panel(
            "asked",
            _("Documents asked for"),
            render_to_string("documents/staff/asked_of_customer.html", context, request),
            order=40,
            more_url=more,
        ),
        Panel(
            "files",
            _("Files"),
            render_to_string("documents/staff/files_of_customer.html", context, request),
            order=50,
        ),
    ]


def links(request: Any, customer: Any) -> list[QuickLink]:
    """Asking for a document."""
    if not may(request.user, "documents.edit"):
        return []
    url = f"{reverse('documents_documentrequest_modeladmin_create')}?customer={customer.pk}"
    return [QuickLink(_("Ask for a document"), url, icon="doc-full", order=20)]
