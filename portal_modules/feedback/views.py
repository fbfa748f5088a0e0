"""Where the opinion box is sent to; also a page by itself, for browsers that open no box."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal_modules.core.access import ActorKind, Level
from portal_modules.core.errors import too_many
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther, safe_next
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import Limit, client_address

from .actions import keep_opinion
from .answered import has_answered, remember_answer
from .choices import Mark
from .forms import OpinionForm
from .frame import FUNCTION

BY_ADDRESS = Limit("feedback.address", attempts=20, seconds=60 * 60)


@requires(Level.LOOKUP)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Any) -> HttpResponse:
    """The form, and its answer: back to the page that it was said on, with thanks."""
    is_known = request.access.actor == ActorKind.CONTACT
    if not request.card.is_on(FUNCTION) or not (is_known or request.access.is_lookup):
        raise Http404
    if request.method != "POST":
        return render(request, "feedback/give.html", {"form": OpinionForm()})
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return render(request, "feedback/give.html", {"form": form}, status=422)
    back = _back(request, form.cleaned_data["page"])
    if has_answered(request):
        messages.success(request, _("We have your opinion already. Thank you."))
        return SeeOther(back)
    if BY_ADDRESS.hit(client_address(request)) > BY_ADDRESS.attempts:
        return too_many(request, seconds=BY_ADDRESS.wait(client_address(request)))
    said = {**form.cleaned_data, "page": urlsplit(back).path}
    with company_scope(request.company):
        keep_opinion(
            **said,
            language=request.public_language,
            user_id=request.access.user_id if is_known else None,
        )
    remember_answer(request)
    messages.success(request, _thanks(said["mark"], said["email"]))
    return SeeOther(back)


def _back(request: Any, page: str) -> str:
    """The page that it was said on; the start of whoever says it, where that is none of ours."""
    prefix = get_script_prefix()
    is_known = request.access.actor == ActorKind.CONTACT
    start = reverse("my_home") if is_known else f"{prefix}{request.public_language}/"
    return safe_next(page, prefix=prefix, hosts={request.get_host()}, default=start)


def _thanks(mark: int, email: str) -> str:
    """What somebody at a counter would answer."""
    if mark <= Mark.POOR:
        thanks = _("Thank you for saying so. We read every word, and we want to do better.")
    elif mark == Mark.FAIR:
        thanks = _("Thank you. What you say shows us where we can do better.")
    else:
        thanks = _("Thank you. It is good to know that this helped you.")
    return f"{thanks} {_('We answer to the address that you left.')}" if email else thanks
