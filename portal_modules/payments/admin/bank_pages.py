"""The pages beside the registers of the bank: bringing a file, and the buttons of its lines."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal_modules.core.exceptions import Refusal
from portal_modules.core.jobs import do_at_once
from portal_modules.core.rights import may
from portal_modules.core.uploads import refused_uploads

from ..actions.bank import book_line, match_lines, take_bank_file
from ..choices import LineState
from ..forms.bank import BankFileForm
from ..models import BankFile, BankLine

RIGHT = "payments.edit"
AT_ONCE = 300  # so few lines are taken in while somebody waits
_FILE = "payments_bankfile_modeladmin_inspect"


@require_http_methods(["GET", "HEAD", "POST"])
def bring_file(request: Any) -> HttpResponse:
    """Choose a file; a large one is taken in by a job with its progress."""
    _refuse_others(request)
    if request.method != "POST":
        return render(request, "payments/staff/bank_upload.html", {"form": BankFileForm()})
    form = BankFileForm(request.POST, request.FILES)
    for refusal in refused_uploads(request):
        form.add_error("file", str(refusal))
    file = _taken(form, request.user) if form.is_valid() else None
    if file is None:
        return render(request, "payments/staff/bank_upload.html", {"form": form}, status=422)
    if file.job is not None and file.line_count > AT_ONCE:
        return redirect("core_job", file.job.pk)
    return redirect(_FILE, file.pk)


def _taken(form: BankFileForm, by: Any) -> BankFile | None:
    upload = form.cleaned_data["file"]
    try:
        file = take_bank_file(upload.read(), name=upload.name or "", by=by)
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return None
    if file.job is not None and file.line_count <= AT_ONCE:
        do_at_once(file.job)
    return file


@require_POST
def book(request: Any, pk: UUID) -> HttpResponse:
    """Confirm what is proposed for a line, and go on with the file."""
    _refuse_others(request)
    line = get_object_or_404(BankLine, pk=pk)
    try:
        payment = book_line(line, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Booked: %(amount)s of %(customer)s, payment %(number)s.")
            % {"amount": payment.amount_shown, "customer": payment.customer, "number": payment.number},
        )
    return redirect(_back(request, line))


@require_POST
def look_again(request: Any, pk: UUID) -> HttpResponse:
    """Propose anew what the lines of a file may be for, after invoices have come or were paid."""
    _refuse_others(request)
    file = get_object_or_404(BankFile, pk=pk)
    found = match_lines(file.lines.all(), by=request.user)
    words = ngettext("%(number)s line has a proposal.", "%(number)s lines have a proposal.", found)
    messages.success(request, words % {"number": found})
    return redirect(_FILE, file.pk)


def _refuse_others(request: Any) -> None:
    if not may(request.user, RIGHT):
        raise PermissionDenied


def _back(request: Any, line: BankLine) -> str:
    """The page of the file where the button stood."""
    page = request.POST.get("p", "")
    wanted = {"p": page} if page.isascii() and page.isdigit() and len(page) < 6 else {}  # noqa: PLR2004
    query = urlencode({"state": LineState.OPEN.value, **wanted})
    return f"{reverse(_FILE, args=[line.file_id])}?{query}"
