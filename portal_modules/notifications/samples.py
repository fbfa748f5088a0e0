"""A mail as it would be, for whoever is choosing its words."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal_modules.core.models import Company
from portal_modules.core.modules import Text, modules

from .mails import Mail, Words, mails
from .models import MessageWords, OutboxMessage
from .rendering import frame_of, one_line
from .wording import in_own_words, placeholders_of, values_for

logger = logging.getLogger(__name__)


def sample(words: MessageWords, company: Company, language: str) -> Mail:
    """The mail in these words, about the newest of its kind that somebody was told.

    Of what has to arrive, such as a code, nothing real is shown: the placeholders name themselves.
    """
    named: dict[str, Text] = {name: f"‹{label}›" for name, label in placeholders_of(words.event).items()}
    mail, values = _newest(words.event, language) or (_plain(words.event, company, named), {})
    return in_own_words(mail, words, language, {**named, **values})


def sample_in_frame(words: MessageWords, company: Company, language: str) -> tuple[str, str]:
    """Subject and HTML of that mail, as they leave."""
    with translation.override(company.spoken(language)), timezone.override(company.zone):
        mail = sample(words, company, language)
        context = {**frame_of(mail, company, language), "switch_off_url": ""}
        return one_line(mail.subject), render_to_string("mail/base.html", context)


def _newest(event: str, language: str) -> tuple[Mail, Mapping[str, Text]] | None:
    if not modules.can_switch_off(event):
        return None
    told = OutboxMessage.objects.filter(event=event, contact__isnull=False)
    message = told.select_related("contact__customer", "company").order_by("-created_at").first()
    if message is None:
        return None
    message.language = language
    mail = None
    savepoint = transaction.savepoint()
    try:
        mail = mails.get(event)(message)
    except Exception:
        logger.exception("the sample of %s could not be written", event)
    transaction.savepoint_rollback(savepoint)
    return (mail, {**values_for(message), **mail.values}) if mail else None


def _plain(event: str, company: Company, named: Mapping[str, Text]) -> Mail:
    label = modules.notice(event).label
    make = mails.words_of(event)
    words = (
        make(named) if make else Words(label, label, [_("Here stand the words that come with the portal.")])
    )
    return words.mail(
        reason=_("You get this mail because %(company)s has this address on file for you.")
        % {"company": company.name},
    )
