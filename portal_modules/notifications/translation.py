"""Which fields of notifications are written in each language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from .models import MessageWords


@register(MessageWords)
class MessageWordsTranslation(TranslationOptions):
    fields = ("subject", "title", "body")
