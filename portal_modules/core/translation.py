"""Which fields of the kernel are written in each language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from portal_modules.core.models import Channel


@register(Channel)
class ChannelTranslation(TranslationOptions):
    fields = ("menu_path", "hours")
