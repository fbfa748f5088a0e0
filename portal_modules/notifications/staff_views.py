"""Pages of the back office: sending again what failed, and trying the words of a mail."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.exceptions import Refusal
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.modules import modules
from portal_modules.core.rights import may
from portal_modules.core.throttle import Limit

from . import actions
from .choices import DeliveryState
from .forms import TestMailForm
from .models import MessageWords, OutboxMessage
from .samples import sample_in_frame
from .staff_words import back_to_shipped, notices_of, url_to_word

TESTS = Limit("notifications.tests", attempts=20, seconds=60 * 60)
# A mail has its own styles, and is looked at in a frame of our pages.
_STYLES = {
    "style-src": ["'self'", "'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "script-src": ["'none'"],
}


def _needs(request: Any, right: str) -> None:
    if not may(request.user, right):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: Any, pk: UUID) -> HttpResponse:
    """Ask, and then try one message anew."""
    _needs(request, "notifications.resend")
    failed = OutboxMessage.objects.filter(state=DeliveryState.FAILED).select_related("contact")
    message = get_object_or_404(failed, pk=pk)
    if request.method == "POST":
        try:
            actions.send_again(message, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The message is on its way again."))
        return redirect("notifications_outboxmessage_modeladmin_index")
    return render(request, "notifications/staff/send_again.html", {"message": message, "number": 1})


@require_http_methods(["GET", "HEAD", "POST"])
def send_all_again(request: Any) -> HttpResponse:
    """Say how many there are, and then try them all anew."""
    _needs(request, "notifications.resend")
    if request.method == "POST":
        number = actions.send_all_again(by=request.user)
        said = ngettext(
            "%(number)s message is on its way again.", "%(number)s messages are on their way again.", number
        )
        messages.success(request, said % {"number": number})
        return redirect("notifications_outboxmessage_modeladmin_index")
    number = OutboxMessage.objects.filter(state=DeliveryState.FAILED).count()
    return render(request, "notifications/staff/send_again.html", {"message": None, "number": number})


def _words(request: Any, event: str) -> MessageWords:
    """The company's own words of a mail, or none of them yet: then it says what is shipped."""
    if not modules.names(event) or modules.notice(event).worded_at:
        raise Http404
    if not any(event == each.event for each in notices_of(request.card.modules)):
        raise Http404
    own = MessageWords.objects.filter(event=event).first()
    return own or MessageWords(event=event, company=request.company)


@require_http_methods(["GET", "HEAD", "POST"])
def try_words(request: Any, event: str) -> HttpResponse:
    """The mail in each language as it would arrive, and a test to oneself."""
    _needs(request, "notifications.word")
    words = _words(request, event)
    language = request.GET.get("language", request.company.language)
    if language not in PUBLIC_LANGUAGES:
        raise Http404
    if request.method == "POST":
        return _send_test(request, words, language)
    return _words_page(request, words, language)


@require_http_methods(["GET", "HEAD", "POST"])
def shipped_words(request: Any, event: str) -> HttpResponse:
    """Take what comes with the portal again."""
    _needs(request, "notifications.word")
    return back_to_shipped(request, get_object_or_404(MessageWords.objects.filter(event=event)))


def _words_page(request: Any, words: MessageWords, language: str, status: int = 200) -> HttpResponse:
    context = {
        "words": words,
        "language": language,
        "languages": PUBLIC_LANGUAGES.items(),
        "subject": sample_in_frame(words, request.company, language)[0],
        "edit_url": url_to_word(words),
    }
    return render(request, "notifications/staff/try_words.html", context, status=status)


def _send_test(request: Any, words: MessageWords, shown: str) -> HttpResponse:
    form = TestMailForm(request.POST)
    if not form.is_valid():
        return _words_page(request, words, shown, status=422)
    language = form.cleaned_data["language"]
    address = f"{reverse('notifications_try_words', args=[words.event])}?language={language}"
    if TESTS.hit(request.user.pk) > TESTS.attempts:
        messages.error(request, _("That were many tests within an hour. Please wait a little."))
        return HttpResponseRedirect(address)
    actions.try_words(words, language=language, by=request.user)
    messages.success(request, _("The test is on its way to %(address)s.") % {"address": request.user.email})
    return HttpResponseRedirect(address)


@require_safe
def sample_of_words(request: Any, event: str, language: str) -> HttpResponse:
    """The HTML of the mail by itself, for the frame of that page."""
    _needs(request, "notifications.word")
    words = _words(request, event)
    if language not in PUBLIC_LANGUAGES:
        raise Http404
    response = HttpResponse(sample_in_frame(words, request.company, language)[1])
    response._csp_replace = _STYLES  # type: ignore[attr-defined]  # read by django-csp
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
