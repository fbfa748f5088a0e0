"""The customer's pages of the documents that they were asked for: all of them, and one to send."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage, Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.access import Level
from portal_modules.core.exceptions import Refusal
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.core.uploads import refused_uploads

from .actions import send_document
from .choices import SENDING_ROLES
from .forms import SendForm
from .models import DocumentRequest, SentDocument, SentFile

PAGE_SIZE = 20
_ROUNDS = 20


@requires(Level.REGISTERED)
@require_safe
def request_list(request: Any) -> HttpResponse:
    """What was asked for: first what the customer has to send, by the day it is due."""
    mine = DocumentRequest.objects.visible_to(request.access).select_related("customer")
    try:
        page = Paginator(mine.most_pressing(), PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    context = {
        "page": page,
        "today": timezone.localdate(),
        "rows": [{"asked": each, "is_overdue": each.is_overdue(timezone.localdate())} for each in page],
        "waiting": mine.waiting_for_customer().order_by().count(),
        "names_customer": len(request.access.customer_ids) > 1,
    }
    return render(request, "documents/list.html", context)


@requires(Level.REGISTERED)
@require_http_methods(["GET", "HEAD", "POST"])
def request_detail(request: Any, pk: UUID) -> HttpResponse:
    """One of them: what, why, until when, what was sent before, and the form to send it."""
    mine = DocumentRequest.objects.visible_to(request.access).select_related("customer", "example_file")
    asked = get_object_or_404(mine, pk=pk)
    may_send = request.access.has_role(asked.customer_id, *SENDING_ROLES)
    form = SendForm()
    if request.method == "POST":
        if not may_send:
            raise PermissionDenied
        form = SendForm(request.POST, request.FILES, refused=refused_uploads(request))
        if form.is_valid() and _is_sent(request, asked, form):
            messages.success(request, _("Thank you. We have it, and tell you when it was checked."))
            return redirect(asked.record_url())
    today = timezone.localdate()
    context = {
        "asked": asked,
        "form": form if asked.waits_for_customer and may_send else None,
        "is_overdue": asked.is_overdue(today),
        "today": today,
        "rounds": _rounds(request, asked),
        "trail": [{"label": _("Documents"), "url": reverse("documents:list")}],
        "names_customer": len(request.access.customer_ids) > 1,
    }
    return render(request, "documents/detail.html", context, status=422 if form.errors else 200)


def _is_sent(request: Any, asked: DocumentRequest, form: SendForm) -> bool:
    """Send it, or say in the form why not."""
    try:
        with company_scope(request.company):
            send_document(
                asked,
                files=form.cleaned_data["attachments"],
                by=request.user,
                actor=request.access.actor,
                author_name=str(request.user),
            )
    except Refusal as refusal:
        form.add_error("attachments", str(refusal))
        return False
    return True


def _rounds(request: Any, asked: DocumentRequest) -> list[SentDocument]:
    """What was sent so far, newest first, with its files."""
    files = SentFile.objects.visible_to(request.access).select_related("document")
    sent = SentDocument.objects.visible_to(request.access).filter(request=asked)
    return list(sent.prefetch_related(Prefetch("files", queryset=files))[:_ROUNDS])
