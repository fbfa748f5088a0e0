"""Conversations in the back office: answering beside a record, and the list of who waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import SimpleListFilter, display
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from portal_modules.core.access import ActorKind
from portal_modules.core.admin import BulkVerb, OnlyFilter, Register
from portal_modules.core.admin.registers import RegisterInspectView
from portal_modules.core.exceptions import Refusal, RegistryError, WrongState
from portal_modules.core.records import records
from portal_modules.core.rights import may, record_for_staff
from portal_modules.core.uploads import refused_uploads

from .actions import mark_read, settle, write_message
from .choices import MessageKind
from .forms import StaffMessageForm
from .models import Message, Thread
from .panels import staff_thread


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Any, record_type: str, uuid: UUID) -> HttpResponse:
    """Answer a customer or leave a note, and go back to the record; else the thread with what is wrong."""
    record = _record(request, record_type, uuid, "conversations.view")
    form = None
    if request.method == "POST":
        _require(request, "conversations.edit")
        form = StaffMessageForm(request.POST, request.FILES, refused=refused_uploads(request))
        if form.is_valid() and _is_written(request, record, form):
            is_note = form.cleaned_data["is_note"]
            messages.success(
                request, gettext("The note was kept.") if is_note else gettext("Your answer was sent.")
            )
            return redirect(_page_of(record))
    context = {"record": record, "back": _page_of(record), "thread": staff_thread(request, record, form)}
    return render(request, "conversations/staff_answer.html", context, status=422 if form else 200)


@require_POST
def need_no_answer(request: Any, record_type: str, uuid: UUID) -> HttpResponse:
    """The last message needs no answer."""
    record = _record(request, record_type, uuid, "conversations.edit")
    settle(record, by=request.user)
    mark_read(record, by=request.user)
    return redirect(_page_of(record))


class ThreadInspectView(RegisterInspectView):
    """A conversation is read beside its record."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the page of the record."""
        thread = self.instance
        record = record_for_staff(thread.record_type, thread.record_id, request.user)
        if record is None:
            raise Http404
        return redirect(_page_of(record))


class AboutFilter(SimpleListFilter):
    """The kind of record that a conversation is about, in words."""

    title = _("about")
    parameter_name = "record_type"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """Every kind of record that there is where this company has its module on."""
        on = getattr(request.user, "staff_modules", ())
        found = [each for each in records if each._meta.app_label in on]
        return [(each.record_type(), each._meta.verbose_name_plural) for each in found]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Those about the kind that was chosen."""
        return queryset.filter(record_type=self.value()) if self.value() else queryset


def _settle(thread: Thread, _data: Mapping[str, Any], by: Any) -> None:
    record = records.get(thread.record_type).objects.filter(pk=thread.record_id).first()
    if record is None:
        raise WrongState
    settle(record, by=by)


def _why_not_settle(thread: Thread, _data: Mapping[str, Any]) -> Any:
    return None if thread.waits_for_staff else _("It waits for no answer.")


class ThreadRegister(Register):
    """All conversations of the company, those that wait for an answer first."""

    model = Thread
    menu_label = _("Conversations")
    menu_icon = "comment"
    menu_order = 205
    view_right = "conversations.view"
    edit_right = "conversations.edit"
    can_create = can_edit = False
    bulk_verbs = (BulkVerb("settle", _("Needs no answer"), _settle, why_not=_why_not_settle),)
    list_display = ["customer", "about", "last_words", "waits_for_staff", "last_message_at"]
    list_filter = ["waits_for_staff", AboutFilter, "last_message_at", ("customer", OnlyFilter)]
    list_group = ["waits_for_staff"]
    search_numbers = ("customer__tax_id",)
    search_fields = ["customer__name"]
    list_select_related = ["customer"]
    inspect_view_class = ThreadInspectView
    history_view_enabled = False
    ordering = ["-waits_for_staff", "-last_message_at"]

    def get_queryset(self, request: Any) -> Any:
        """Those in which something was said about what is on, with what was said last."""
        last = Message.objects.said().filter(thread=OuterRef("pk")).order_by("-created_at", "-pk")
        off = records.types_outside(request.card.modules)
        threads = super().get_queryset(request).begun().exclude(record_type__in=off)
        return threads.annotate(last_body=Subquery(last.values("body")[:1]))

    @display(description=_("about"))
    def about(self, thread: Thread) -> str:
        """What kind of record it is about."""
        try:
            return str(records.get(thread.record_type)._meta.verbose_name)
        except RegistryError:
            return thread.record_type

    @display(description=_("what was said last"))
    def last_words(self, thread: Any) -> str:
        """How it begins."""
        return Truncator(thread.last_body or "").chars(80)


def _record(request: Any, record_type: str, pk: UUID, right: str) -> Any:
    _require(request, right)
    record = record_for_staff(record_type, pk, request.user)
    if record is None:
        raise Http404
    return record


def _require(request: Any, right: str) -> None:
    if not may(request.user, right):
        raise PermissionDenied


def _page_of(record: Any) -> str:
    """The record's page in its register."""
    meta = record._meta
    return reverse(f"{meta.app_label}_{meta.model_name}_modeladmin_inspect", args=[record.pk]) + "#thread"


def _is_written(request: Any, record: Any, form: StaffMessageForm) -> bool:
    data = form.cleaned_data
    try:
        write_message(
            record,
            body=data["body"],
            files=data["attachments"],
            by=request.user,
            actor=ActorKind.STAFF,
            author_name=str(request.user),
            kind=MessageKind.NOTE if data["is_note"] else MessageKind.MESSAGE,
        )
    except Refusal as refusal:
        form.add_error("attachments" if data["attachments"] else "body", str(refusal))
        return False
    return True
