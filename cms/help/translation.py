"""Which fields of the help are written in each language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from .models import OwnHelp


@register(OwnHelp)
class OwnHelpTranslation(TranslationOptions):
    fields = ("title", "what", "how")
