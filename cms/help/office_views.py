"""The manual of the back office: all screens, one of them, the company's own words, and asking."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.throttle import Limit

from .actions import ask_about_screen, forget_own_words
from .forms import QuestionForm
from .models import OwnHelp
from .office import RIGHT, help_of, mark_of, office_texts, own_words, screens_of

QUESTIONS = Limit("help.questions", attempts=20, seconds=60 * 60)


def _in_company(request: Any) -> None:
    if request.company is None:
        raise PermissionDenied


@require_safe
def manual(request: Any) -> HttpResponse:
    """The help of all screens."""
    _in_company(request)
    query = request.GET.get("q", "").strip()[:100].casefold()
    found = [help_of(text) for text in screens_of(request.card)]
    if query:
        found = [each for each in found if query in f"{each.title} {each.what} {each.how}".casefold()]
    return render(
        request, "cms/help/office/manual.html", {"screens": found, "query": request.GET.get("q", "")}
    )


@require_safe
def screen(request: Any, key: str) -> HttpResponse:
    """How one screen is used."""
    _in_company(request)
    text = office_texts().get(key)
    if text is None or not text.is_on(request.card):
        raise Http404
    shipped = "shipped" in request.GET
    context = {
        "help": help_of(text, shipped=shipped),
        "shows_shipped": shipped and OwnHelp.objects.filter(key=key).exists(),
        "may_edit": request.user.has_perm(RIGHT),
        "back_url": _back(request),
        "channels": request.card.channels,
    }
    return render(request, "cms/help/office/screen.html", context)


def _back(request: Any) -> str:
    """The screen that the "?" was pressed on, where the browser tells and it is one of ours."""
    came_from = request.GET.get("from", "")
    is_ours = came_from.startswith("/admin/") and url_has_allowed_host_and_scheme(
        came_from, allowed_hosts=None
    )
    return came_from if is_ours else ""


@require_POST
def write_own(request: Any, key: str) -> HttpResponse:
    """Begin with the company's own words: those of the portal, to change them. Or go back to the portal's."""
    _in_company(request)
    text = office_texts().get(key)
    if text is None:
        raise Http404
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    if request.POST.get("verb") == "forget":
        forget_own_words(get_object_or_404(OwnHelp, key=key), by=request.user)
        messages.success(request, _("The text that came with the portal is shown again."))
        return redirect("help_screen", key)
    own = own_words(text, request.card)
    if request.POST.get("verb") == "seen":
        own.shipped = mark_of(text)
        own.save(update_fields=["shipped"])
        return redirect("help_screen", key)
    return redirect(reverse("wagtailsnippets_help_ownhelp:edit", args=[own.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any) -> HttpResponse:
    """A question about a screen, to whoever helps."""
    _in_company(request)
    if request.method != "POST":
        key = request.GET.get("screen", "")
        text = office_texts().get(key)
        initial = {"screen": str(text.title) if text else "", "address": _back(request)}
        return render(request, "cms/help/office/ask.html", {"form": QuestionForm(initial=initial)})
    form = QuestionForm(request.POST)
    if form.is_valid() and QUESTIONS.hit(request.user.pk) > QUESTIONS.attempts:
        form.add_error(None, _("That were many questions within an hour. Please wait a little."))
    if not form.is_valid():
        return render(request, "cms/help/office/ask.html", {"form": form}, status=422)
    data = form.cleaned_data
    ask_about_screen(
        request.company,
        screen=data["screen"] or _("the back office"),
        address=data["address"],
        text=data["text"],
        by=request.user,
    )
    messages.success(
        request,
        _("Your question was sent. The answer comes to %(address)s.") % {"address": request.user.email},
    )
    return redirect("help_manual")
