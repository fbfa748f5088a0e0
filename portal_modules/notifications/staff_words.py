"""The catalogue of the mails: all that the portal sends, as it is shipped, and what the company has written instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import CreateView, IndexView

from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.modules import NoticeKind, Text, modules
from portal_modules.core.rights import may

from .actions import forget_words
from .models import MessageWords
from .wording import TEXTS, can_be_worded

EDIT = "wagtailsnippets_notifications_messagewords:edit"
ADD = "wagtailsnippets_notifications_messagewords:add"


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail of the catalogue, and the company's own words for it, if there are some."""

    notice: NoticeKind
    words: MessageWords | None

    @property
    def languages(self) -> list[str]:
        """The languages in which the company has written something of it anew."""
        return [
            name
            for code, name in PUBLIC_LANGUAGES.items()
            if self.words is not None and any(getattr(self.words, f"{text}_{code}") for text in TEXTS)
        ]

    @property
    def url(self) -> str:
        """Where its words are changed."""
        if self.notice.worded_at:
            return reverse(self.notice.worded_at)
        return url_to_word(self.words or MessageWords(event=self.notice.event))


@dataclass(frozen=True, slots=True)
class MailGroup:
    """The mails of one module."""

    title: Text
    lines: list[MailLine]


def url_to_word(words: MessageWords) -> str:
    """Where a mail is worded: its own words, or the first of them."""
    return reverse(EDIT, args=[words.pk]) if words.pk else f"{reverse(ADD)}?event={words.event}"


def notices_of(labels: frozenset[str]) -> Iterator[NoticeKind]:
    """All mails to customers of the modules that are on."""
    return (notice for module in modules if module.label in labels for notice in module.notices)


def mail_groups(labels: frozenset[str]) -> Iterator[MailGroup]:
    """All mails of the modules that are on, by module."""
    written = {words.event: words for words in MessageWords.objects.all()}
    for module in modules:
        if module.label in labels and module.notices:
            lines = [MailLine(notice, written.get(notice.event)) for notice in module.notices]
            yield MailGroup(module.title, lines)


class MailsView(IndexView):
    """The list: not of what was written, but of all that can be mailed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """All of them, by module; nobody looks for a page among twenty."""
        card: Any = request.card  # type: ignore[attr-defined]
        context = {
            "groups": list(mail_groups(card.modules)),
            "may_write": may(request.user, "notifications.word"),
        }
        return render(request, "notifications/staff/mails.html", context)


class WriteMailView(CreateView):
    """Words for a mail that has none of its own yet: `?event=` names it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, or that of the words that are there already."""
        there = MessageWords.objects.filter(event=request.GET.get("event", "").replace("\x00", "")).first()
        if there is not None:
            return HttpResponseRedirect(reverse(EDIT, args=[there.pk]))
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def get_initial_form_instance(self) -> MessageWords:
        """With the mail, so that its shipped words stand in the fields."""
        event = self.request.GET.get("event", "")
        return MessageWords(event=event if can_be_worded(event) else "")


def back_to_shipped(request: Any, words: MessageWords) -> HttpResponse:
    """Ask, and then forget the company's own words."""
    if request.method == "POST":
        log(instance=words, action="wagtail.delete", user=request.user, deleted=True)
        forget_words(words, by=request.user)
        messages.success(request, _("“%(mail)s” says again what comes with the portal.") % {"mail": words})
        return redirect("wagtailsnippets_notifications_messagewords:list")
    context = {"words": words, "edit_url": url_to_word(words)}
    return render(request, "notifications/staff/back_to_shipped.html", context)
