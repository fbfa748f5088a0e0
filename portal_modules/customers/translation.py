"""Which fields are written in each language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from .models import HomeText, StaffProfile


@register(StaffProfile)
class StaffProfileTranslation(TranslationOptions):
    fields = ("job_title",)


@register(HomeText)
class HomeTextTranslation(TranslationOptions):
    fields = ("title", "text")
