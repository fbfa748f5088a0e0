"""Documents in the back office: the files of customers, and the register of what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from portal_modules.core.access import ActorKind
from portal_modules.core.admin import BulkForm, BulkVerb, CompanyModelForm, OnlyFilter, Register
from portal_modules.core.exceptions import Refusal
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.rights import may, record_for_staff
from portal_modules.core.uploads import refused_uploads

from .actions import accept_document, ask_for_document, log_download, refuse_document, withdraw_request
from .choices import TRANSITIONS, RequestState
from .exceptions import RequestNotOpen
from .forms import AskForm, RefuseForm
from .models import Document, DocumentRequest
from .panels import what_was_sent
from .serving import as_download, as_thumbnail

_WORDS = ("title", "reason", "example")


@require_safe
def staff_file(request: Any, uuid: UUID) -> HttpResponseBase:
    """A file of a customer, to whoever may look at its record; written down."""
    document = _file(request, uuid)
    response = as_download(document)
    if request.method == "GET":
        log_download(document, by=request.user, actor=ActorKind.STAFF)
    return response


@require_safe
def staff_thumbnail(request: Any, uuid: UUID) -> HttpResponseBase:
    """The small picture of a picture."""
    return as_thumbnail(_file(request, uuid))


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any, record_type: str, uuid: UUID) -> HttpResponse:
    """Ask the customer of a record for a document."""
    _require(request, "documents.edit")
    record = record_for_staff(record_type, uuid, request.user)
    if record is None:
        raise Http404
    back = _page_of(record)
    form = AskForm(request.POST or None, request.FILES or None, refused=refused_uploads(request))
    if request.method == "POST" and form.is_valid() and _is_asked(request, record, form):
        messages.success(request, gettext("The customer was asked."))
        return redirect(back)
    context = {"form": form, "record": record, "customer": record.customer, "back": back}
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/staff_ask.html", context, status=status)


@require_POST
def decide(request: Any, uuid: UUID, verb: str) -> HttpResponse:
    """Accept, refuse or withdraw; else the page with what is wrong."""
    _require(request, "documents.edit")
    asked = get_object_or_404(DocumentRequest, pk=uuid)
    form = RefuseForm(request.POST) if verb == "refuse" else None
    sentence = ""
    if form is None or form.is_valid():
        try:
            _decide(asked, verb, form, request.user)
        except Refusal as refusal:
            sentence = str(refusal)
        else:
            messages.success(request, gettext("Done. The customer is told."))
            return redirect(_page_of(asked))
    panel = what_was_sent(request, asked, form)
    context = {"asked": asked, "back": _page_of(asked), "panel": panel, "sentence": sentence}
    return render(request, "documents/staff_decide.html", context, status=422)


class RequestForm(CompanyModelForm):
    """Asking goes through the action; afterwards only the words and the day can be changed."""

    instance: DocumentRequest

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["customer"].disabled = True

    def clean(self) -> dict[str, Any]:
        """It has a name in some language."""
        data: dict[str, Any] = super().clean()
        if not any(data.get(f"title_{code}") for code in PUBLIC_LANGUAGES):
            self.add_error(
                "title_pt", gettext("Write which document is asked for, in at least one language.")
            )
        return data

    def save(self, commit: bool = True) -> DocumentRequest:
        """Ask for it, or keep what was changed."""
        if not self.instance._state.adding:
            return super().save(commit)
        data = self.cleaned_data
        words = {name: {code: data[f"{name}_{code}"] or "" for code in PUBLIC_LANGUAGES} for name in _WORDS}
        self.instance = ask_for_document(
            data["customer"],
            title=words["title"],
            reason=words["reason"],
            example=words["example"],
            due_on=data["due_on"],
            by=self.for_user,
        )
        return self.instance


class BulkRefuseForm(BulkForm, RefuseForm):
    """Why what many sent will not do."""


def _unless_in(state: RequestState) -> Callable[[Any, Mapping[str, Any]], Any]:
    """What the action would refuse."""

    def why_not(asked: DocumentRequest, _data: Mapping[str, Any]) -> Any:
        return None if state in TRANSITIONS[RequestState(asked.state)] else RequestNotOpen.sentence

    return why_not


class RequestRegister(Register):
    """What customers were asked for."""

    model = DocumentRequest
    base_form_class = RequestForm
    menu_label = _("Documents asked for")
    menu_icon = "doc-full"
    menu_order = 206
    view_right = "documents.view"
    edit_right = "documents.edit"
    bulk_verbs = (
        BulkVerb(
            "accept",
            _("Accept"),
            lambda asked, _data, by: accept_document(asked, by=by),
            why_not=_unless_in(RequestState.ACCEPTED),
            is_told=True,
        ),
        BulkVerb(
            "refuse",
            _("Refuse"),
            lambda asked, data, by: refuse_document(asked, reason=data["reason"], by=by),
            BulkRefuseForm,
            _unless_in(RequestState.REFUSED),
            is_told=True,
        ),
        BulkVerb(
            "withdraw",
            _("Withdraw"),
            lambda asked, _data, by: withdraw_request(asked, by=by),
            why_not=_unless_in(RequestState.WITHDRAWN),
            is_told=True,
        ),
    )
    list_display = ["number", "title", "customer", "state", "due_on"]
    list_export = ["number", "title", "customer", "state", "due_on", "asked_at", "decided_at"]
    list_filter = ["state", "due_on", "asked_at", ("customer", OnlyFilter)]
    list_group = ["state"]
    list_tones = {
        "state": {
            "asked": "waiting",
            "sent": "new",
            "accepted": "done",
            "refused": "wrong",
            "withdrawn": "off",
        }
    }
    search_numbers = ("number", "customer__tax_id")
    empty_words = _("Ask for one on the page of a process, and the customer sees it at once.")
    search_fields = ["title_pt", "title_es", "title_en", "customer__name"]
    list_select_related = ["customer"]
    inspect_view_fields = [
        "number",
        "title",
        "customer",
        "state",
        "due_on",
        "reason",
        "example",
        "asked_by",
        "asked_at",
    ]
    panels = [
        FieldPanel("customer"),
        *(FieldPanel(f"{name}_{code}") for name in _WORDS for code in PUBLIC_LANGUAGES),
        FieldRowPanel([FieldPanel("due_on")]),
    ]

    def get_queryset(self, request: Any) -> Any:
        """Those that are about what is on."""
        return super().get_queryset(request).about_what_is_on()


def _file(request: Any, pk: UUID) -> Document:
    """A file that this person of the staff may see, with its record; 404 for all others alike."""
    _require(request, "documents.view")
    document: Document = get_object_or_404(Document.objects.kept(), pk=pk)
    if record_for_staff(document.record_type, document.record_id, request.user) is None:
        raise Http404
    return document


def _require(request: Any, right: str) -> None:
    if not may(request.user, right):
        raise PermissionDenied


def _page_of(record: Any) -> str:
    meta = record._meta
    return reverse(f"{meta.app_label}_{meta.model_name}_modeladmin_inspect", args=[record.pk])


def _is_asked(request: Any, record: Any, form: AskForm) -> bool:
    examples = form.cleaned_data["attachments"]
    try:
        ask_for_document(
            record.customer,
            title=form.words("title"),
            reason=form.words("reason"),
            example=form.words("example"),
            due_on=form.cleaned_data["due_on"],
            record=record,
            example_file=examples[0] if examples else None,
            by=request.user,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _decide(asked: DocumentRequest, verb: str, form: RefuseForm | None, user: Any) -> None:
    match verb:
        case "accept":
            accept_document(asked, by=user)
        case "refuse":
            assert form is not None
            refuse_document(asked, reason=form.cleaned_data["reason"], by=user)
        case "withdraw":
            withdraw_request(asked, by=user)
        case _:
            raise Http404
