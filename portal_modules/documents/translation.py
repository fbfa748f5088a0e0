"""Which texts of a document asked for are written in each language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from .models import DocumentRequest


@register(DocumentRequest)
class RequestTranslation(TranslationOptions):
    """What the customer reads."""

    fields = ("title", "reason", "example")
