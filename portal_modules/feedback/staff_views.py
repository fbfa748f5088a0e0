"""Answering an opinion, in the back office."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal_modules.core.exceptions import Refusal
from portal_modules.core.rights import may

from .actions import answer_opinion
from .forms import AnswerForm
from .models import Opinion


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Any, pk: UUID) -> HttpResponse:
    """A mail to whoever left an address."""
    if not may(request.user, "feedback.answer"):
        raise PermissionDenied
    opinion = get_object_or_404(Opinion.objects.exclude(email="").select_related("company"), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answer_opinion(opinion, text=form.cleaned_data["text"], by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Your answer is on its way to %(address)s.") % {"address": opinion.email}
            )
            return redirect("feedback_opinion_modeladmin_inspect", opinion.pk)
    context = {"opinion": opinion, "form": form}
    return render(request, "feedback/staff/answer.html", context, status=422 if form.errors else 200)
