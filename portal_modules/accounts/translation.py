"""Which fields of the accounts are written in each language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from .models import LegalText


@register(LegalText)
class LegalTextTranslation(TranslationOptions):
    fields = ("body", "changes")
