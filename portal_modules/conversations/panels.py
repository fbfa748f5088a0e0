"""The thread of a record as part of a page: the customer's, and the one of the back office."""

from __future__ import annotations

from typing import Any

from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from portal_modules.core.beside import customer_parts, staff_parts
from portal_modules.core.records import PortalRecord
from portal_modules.core.rights import may

from .choices import WRITING_ROLES
from .forms import MessageForm, StaffMessageForm
from .models import Thread
from .reading import thread_for, thread_for_staff


@customer_parts.add(order=100)
def customers_thread(request: Any, record: PortalRecord) -> SafeString | None:
    """The conversation, and the form to write in it for those who may."""
    row: Any = record
    place = [record.record_type(), row.pk]
    may_write = request.access.has_role(row.customer_id, *WRITING_ROLES)
    context = {
        "thread": thread_for(record, request.access, request.GET.get("before", "")),
        "form": MessageForm() if may_write else None,
        "action": reverse("conversations:write", args=place),
        "read_url": reverse("conversations:read", args=place),
        "card": request.card,
        **csrf(request),
    }
    # Without the request: the frame of the page around it has been worked out already.
    return render_to_string("conversations/thread.html", context)


@staff_parts.add(order=100)
def staff_thread(
    request: Any, record: PortalRecord, form: StaffMessageForm | None = None
) -> SafeString | None:
    """The conversation with the notes, and the form to answer for those who may."""
    if not may(request.user, "conversations.view"):
        return None
    row: Any = record
    place = [record.record_type(), row.pk]
    may_answer = may(request.user, "conversations.edit")
    context = {
        "thread": thread_for_staff(record, request.user.pk, request.GET.get("before", "")),
        "form": (form or StaffMessageForm()) if may_answer else None,
        "waits": Thread.objects.of_record(record).filter(waits_for_staff=True).exists(),
        "action": reverse("conversations_answer", args=place),
        "settle_url": reverse("conversations_settle", args=place),
    }
    return render_to_string("conversations/staff_thread.html", context, request)
