"""Registers of bank files and of their lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.admin import display
from django.contrib.admin.filters import SimpleListFilter
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal_modules.billing.models import Invoice
from portal_modules.core.admin import BulkVerb, OnlyFilter, Register, RegisterLink, Verb, VerbInspectView, tag
from portal_modules.core.admin.registers import RegisterInspectView

from ..actions.bank import book_line, ignore_line, proposed_parts, reopen_line
from ..bank_review import LINE_TONES, review, sureness_of, tabs_of
from ..choices import LIKELY_FROM, SURE_FROM, LineState, Sureness
from ..exceptions import LineDecided, NoProposal
from ..forms.bank import BulkReasonForm, ChooseForm, ReasonForm
from ..models import BankFile, BankLine

_ON_A_PAGE = 50
EDIT = "payments.edit"


class SureFilter(SimpleListFilter):
    """How much speaks for what is proposed."""

    title = _("proposal")
    parameter_name = "proposal"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """The surest first; then those of which nothing is known."""
        return [*((each.value, each.label) for each in Sureness), ("none", _("None"))]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The lines whose proposal is so sure."""
        bounds = {
            Sureness.SURE.value: Q(score__gte=SURE_FROM),
            Sureness.LIKELY.value: Q(score__gte=LIKELY_FROM, score__lt=SURE_FROM),
            Sureness.UNSURE.value: Q(score__gt=0, score__lt=LIKELY_FROM),
            "none": Q(score=0),
        }.get(self.value() or "")
        return queryset if bounds is None else queryset.filter(bounds)


# ---- files ---------------------------------------------------------------------------------------------


class BankFileInspectView(RegisterInspectView):
    """One file: its lines, those to be decided first, each with what it may be for beside it."""

    body_template = "payments/staff/bank_file.html"

    def get_head(self) -> dict[str, Any]:
        """A page of lines in one state."""
        file = self.instance
        wanted = self.request.GET.get("state", "")
        state = wanted if wanted in LineState.values else LineState.OPEN.value
        lines = file.lines.filter(state=state).select_related("payment", "customer", "decided_by")
        page = Paginator(lines.order_by("-score", "number"), _ON_A_PAGE).get_page(self.request.GET.get("p"))
        sure = file.lines.filter(state=LineState.OPEN, score__gte=SURE_FROM).count()
        return {
            "file": file,
            "tabs": tabs_of(file, state),
            "state": state,
            "page": page,
            "rows": review(page),
            "sure": sure,
            "may_book": self.request.user.has_perm(EDIT),
            "is_being_read": file.job is not None and file.job.is_open,
        }


class BankFileRegister(Register):
    """The files that were brought. Each is brought once, on a page of its own."""

    can_create = can_edit = False
    model = BankFile
    inspect_view_class = BankFileInspectView
    menu_icon = "download"
    menu_order = 236
    view_right = "payments.view"
    edit_right = EDIT
    list_display = ["name", "account", "days_shown", "line_count", "waiting_shown"]
    list_columns = ["format", "bank", "known", "others", "brought_by", "created_at"]
    list_export = ["name", "format", "bank", "account", "first_day", "last_day", "line_count", "created_at"]
    list_filter = ["format", "created_at"]
    list_group = ["format"]
    list_links = [RegisterLink(_("Bring a bank file"), "payments_bank_upload", "upload", EDIT)]
    search_fields = ["name", "account"]
    list_select_related = ["brought_by"]
    empty_words = _("Bring a statement or a return file of your bank: what each line may be for is proposed.")
    history_words = {"payments.take_bank_file": _("Brought the file")}
    inspect_view_fields = [
        "format",
        "bank",
        "account",
        "first_day",
        "last_day",
        "line_count",
        "known",
        "repeated",
        "others",
        "brought_by",
        "created_at",
    ]

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        """With how many lines wait."""
        found: QuerySet[Any] = super().get_queryset(request)
        return found.annotate(waiting=Count("lines", filter=Q(lines__state=LineState.OPEN)))

    @display(description=_("days"), ordering="first_day")
    def days_shown(self, file: BankFile) -> Any:
        """From the first movement to the last."""
        return format_html("{} – {}", _short(file.first_day), _short(file.last_day))

    @display(description=_("to be decided"))
    def waiting_shown(self, file: Any) -> Any:
        """How many lines wait."""
        return tag(str(file.waiting), "waiting") if file.waiting else tag(_("All decided"), "done")


def _short(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


# ---- lines ---------------------------------------------------------------------------------------------


def _is_open(line: BankLine) -> bool:
    return line.state == LineState.OPEN


def _is_proposed(line: BankLine) -> bool:
    return _is_open(line) and line.has_proposal


def _book(line: BankLine, data: Mapping[str, Any], by: Any) -> None:
    book_line(line, by=by)


def _choose(line: BankLine, data: Mapping[str, Any], by: Any) -> None:
    book_line(line, by=by, parts=data["parts"], customer=data["customer"], fees=data["fees"])


def _ignore(line: BankLine, data: Mapping[str, Any], by: Any) -> None:
    ignore_line(line, by=by, reason=data["reason"])


def _reopen(line: BankLine, data: Mapping[str, Any], by: Any) -> None:
    reopen_line(line, by=by, reason=data.get("reason", ""))


def _why_not_book(line: BankLine, data: Mapping[str, Any]) -> Any:
    if not _is_open(line):
        return LineDecided.sentence
    return None if line.has_proposal else NoProposal.sentence


def _why_not_ignore(line: BankLine, data: Mapping[str, Any]) -> Any:
    return None if _is_open(line) else LineDecided.sentence


def _lock_invoices_of(lines: Any) -> None:
    """Before the numbers of payments are taken, which keep everybody else waiting."""
    keys = {part.invoice for line in lines for part in proposed_parts(line)}
    list(Invoice.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True).values_list("pk"))


class BankLineInspectView(VerbInspectView):
    """One line: what it may be for, why, and the buttons."""

    body_template = "payments/staff/bank_line.html"
    verbs = (
        Verb("book", _("Confirm the proposal"), _book, _is_proposed, done=_("It is booked.")),
        Verb(
            "choose", _("Choose what it is for"), _choose, _is_open, form=ChooseForm, done=_("It is booked.")
        ),
        Verb("ignore", _("Leave it out"), _ignore, _is_open, form=ReasonForm, done=_("It is left out.")),
        Verb(
            "undo",
            _("Undo the booking"),
            _reopen,
            lambda line: line.state == LineState.BOOKED,
            form=ReasonForm,
            done=_("The booking is undone: what it paid is owed again."),
        ),
        Verb(
            "back",
            _("Bring it back"),
            _reopen,
            lambda line: line.state == LineState.IGNORED,
            done=_("It is to be decided again."),
        ),
    )

    def get_head(self) -> dict[str, Any]:
        """What is proposed."""
        [row] = review([self.instance])
        return {"row": row}


class BankLineRegister(Register):
    """All lines of all files."""

    can_create = can_edit = False
    model = BankLine
    inspect_view_class = BankLineInspectView
    menu_icon = "list-ol"
    menu_order = 237
    view_right = "payments.view"
    edit_right = EDIT
    bulk_verbs = (
        BulkVerb(
            "book",
            _("Confirm the proposals"),
            _book,
            why_not=_why_not_book,
            lock=_lock_invoices_of,
            is_told=True,
        ),
        BulkVerb("ignore", _("Leave them out"), _ignore, BulkReasonForm, _why_not_ignore),
    )
    list_display = ["posted_on", "text", "amount_shown", "customer", "state"]
    list_columns = ["payer_name", "payer_tax_id", "our_number", "proposal_shown", "file", "reason", "payment"]
    list_export = [
        "posted_on",
        "amount",
        "currency",
        "text",
        "payer_name",
        "payer_tax_id",
        "our_number",
        "customer",
        "state",
        "reason",
    ]
    list_filter = [
        "state",
        SureFilter,
        "currency",
        "posted_on",
        ("file", OnlyFilter),
        ("customer", OnlyFilter),
    ]
    list_group = ["state", "currency"]
    list_tones = {"state": LINE_TONES}
    list_links = [RegisterLink(_("Bring a bank file"), "payments_bank_upload", "upload", EDIT)]
    search_fields = ["text", "payer_name", "our_number", "customer__name"]
    search_numbers = ("payer_tax_id",)
    list_select_related = ["customer", "file", "payment"]
    empty_words = _("Lines come with a bank file.")
    history_words = {
        "payments.book_line": _("Booked it"),
        "payments.ignore_line": _("Left it out"),
        "payments.reopen_line": _("Opened it again"),
    }
    inspect_view_fields = [
        "posted_on",
        "amount_shown",
        "charges_shown",
        "text",
        "payer_name",
        "payer_tax_id",
        "txid",
        "our_number",
        "file",
        "number",
        "payment",
        "reason",
        "decided_by",
        "decided_at",
    ]

    @display(description=_("amount"), ordering="amount")
    def amount_shown(self, line: BankLine) -> str:
        """With its currency."""
        return line.amount_shown

    @display(description=_("fine and interest"), ordering="charges")
    def charges_shown(self, line: BankLine) -> str:
        """As the bank says, with its currency."""
        return line.charges_shown

    @display(description=_("proposal"), ordering="score")
    def proposal_shown(self, line: BankLine) -> str:
        """How sure it is."""
        return str(sureness_of(line.score).label) if line.has_proposal else ""
