"""The bell, what somebody is mailed of, and the page behind the last line of every mail."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.access import Level
from portal_modules.core.modules import modules
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther
from portal_modules.core.scope import company_scope

from . import actions
from .bell import entries_of, rings
from .forms import MailsForm
from .models import OutboxMessage
from .unsubscribing import is_genuine

PAGE_SIZE = 20


@requires(Level.REGISTERED)
@require_safe
def bell(request: Any) -> HttpResponse:
    """What happened, newest first."""
    entries = entries_of(request.access, request.card)
    try:
        page = Paginator(entries, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    context = {
        "page": page,
        "rings": rings(page, request.access),
        "query": "",
        "names_customer": len(request.access.customer_ids) > 1,
    }
    return render(request, "notifications/bell.html", context)


@requires(Level.REGISTERED)
@require_POST
def look(request: Any, pk: UUID) -> HttpResponse:
    """Mark one as read and lead to its record; back to the list where it leads nowhere any more."""
    entry = get_object_or_404(entries_of(request.access, request.card), pk=pk)
    with company_scope(request.company):
        actions.mark_read(entry)
    found = [ring.record for ring in rings([entry], request.access) if ring.record]
    return SeeOther(found[0].record_url() if found else reverse("notifications:bell"))


@requires(Level.REGISTERED)
@require_POST
def look_at_all(request: Any) -> HttpResponse:
    """Mark all as read."""
    with company_scope(request.company):
        actions.mark_all_read(request.access.user_id, request.access.customer_ids)
    messages.success(request, _("Everything is marked as read."))
    return SeeOther(reverse("notifications:bell"))


@requires(Level.REGISTERED)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Any) -> HttpResponse:
    """A switch for each thing that is mailed."""
    if request.method == "POST":
        form = MailsForm(request.POST, card=request.card, access=request.access)
        if form.is_valid():
            with company_scope(request.company):
                actions.choose_mails(request.access.user_id, form.cleaned_data)
            messages.success(request, _("Your choices are kept."))
            return SeeOther(reverse("notifications:preferences"))
    else:
        with company_scope(request.company):
            refused = actions.refused_by(request.access.user_id)
        form = MailsForm(card=request.card, access=request.access, refused=refused)
    return render(request, "notifications/preferences.html", {"form": form})


# A mail program presses the button by itself (RFC 8058) and has no cookie: the address is what proves it.
@csrf_exempt
@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
def switch_off(request: Any, pk: UUID, mark: str) -> HttpResponse:
    """Where a mail's reader switches its kind off, or on again. Opening the page changes nothing."""
    if not is_genuine(pk, mark):
        raise Http404
    with company_scope(request.company):
        message = OutboxMessage.objects.filter(pk=pk).select_related("contact").first()
        if message is None or message.contact is None or not modules.can_switch_off(message.event):
            raise Http404
        if request.method == "POST":
            is_wanted = request.POST.get("mails") == "on"
            actions.choose_mails_of_contact(message.contact, message.event, is_wanted=is_wanted)
        is_on = actions.wants(message.contact, message.event)
        has_login = message.reader_signs_in()
    if request.method == "POST" and "List-Unsubscribe" not in request.POST:
        return SeeOther(request.path)
    context = {
        "notice": modules.notice(message.event),
        "is_on": is_on,
        "preferences_url": reverse("notifications:preferences") if has_login else "",
    }
    return render(request, "notifications/switch_off.html", context)
