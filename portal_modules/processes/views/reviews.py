"""Reviews: what the customer asked for, one of them, and asking."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage, Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.access import Level
from portal_modules.core.exceptions import Refusal
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.core.uploads import refused_uploads
from portal_modules.documents.models import Document

from ..actions import ask_for_review
from ..forms import ReviewForm
from ..forms.reviews import writing_customers
from ..models import ReviewRequest
from ..switches import REVIEWS

PAGE_SIZE = 20


def where_reviews_are_on(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that is not there in a company that takes no requests for reviews."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.card.is_on(REVIEWS):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@requires(Level.REGISTERED)
@require_safe
@where_reviews_are_on
def review_list(request: Any) -> HttpResponse:
    """What the customer asked to have looked at, newest first."""
    mine = ReviewRequest.objects.visible_to(request.access)
    mine = mine.select_related("subject", "process__kind", "customer")
    try:
        page = Paginator(mine, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    context = {
        "page": page,
        "rows": page.object_list,
        "new_url": _new_url(request),
        "trail": [_home()],
        "names_customer": len(request.access.customer_ids) > 1,
    }
    return render(request, "processes/review_list.html", context)


@requires(Level.REGISTERED)
@require_http_methods(["GET", "HEAD", "POST"])
@where_reviews_are_on
def review_new(request: Any) -> HttpResponse:
    """The form, on one page."""
    if not writing_customers(request.access):
        raise PermissionDenied
    if request.method != "POST":
        form = ReviewForm(access=request.access, initial={"process": request.GET.get("process", "")})
        return _form_page(request, form)
    form = ReviewForm(request.POST, request.FILES, access=request.access, refused=refused_uploads(request))
    if not form.is_valid():
        return _form_page(request, form, status=422)
    review = _ask(request, form)
    if review is None:
        return _form_page(request, form, status=422)
    said = _("We have your request %(number)s. We answer here, and tell you by e-mail.")
    messages.success(request, said % {"number": review.number})
    return HttpResponseRedirect(review.record_url())


@requires(Level.REGISTERED)
@require_safe
@where_reviews_are_on
def review_detail(request: Any, pk: UUID) -> HttpResponse:
    """One of them: where it stands, what was asked, the answer, and the conversation."""
    mine = ReviewRequest.objects.visible_to(request.access)
    review = get_object_or_404(mine.select_related("subject", "process__kind", "customer"), pk=pk)
    files = Document.objects.visible_to(request.access).of_record(review)
    context = {
        "review": review,
        "files": list(files.order_by("created_at", "pk")),
        "names_customer": len(request.access.customer_ids) > 1,
        "trail": [_home(), {"label": _("Reviews"), "url": reverse("processes:reviews")}],
    }
    return render(request, "processes/review.html", context)


def _ask(request: Any, form: ReviewForm) -> ReviewRequest | None:
    """Have it looked at; None when that was refused, which the form then says."""
    data = form.cleaned_data
    try:
        with transaction.atomic(), company_scope(request.company):
            return ask_for_review(
                form.chosen_customer(),
                data["subject"],
                description=data["description"],
                process=data["process"],
                files=data["attachments"],
                by=request.user,
                author_name=request.user.get_full_name(),
            )
    except Refusal as refusal:
        form.add_error("attachments" if data["attachments"] else None, str(refusal))
        return None


def _form_page(request: Any, form: ReviewForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "trail": [_home()], "back_url": reverse("processes:list")}
    return render(request, "processes/review_new.html", context, status=status)


def _home() -> dict[str, str]:
    return {"label": _("My business"), "url": reverse("processes:list")}


def _new_url(request: Any) -> str:
    return reverse("processes:review_new") if writing_customers(request.access) else ""
