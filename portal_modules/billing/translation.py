"""Which fields of billing are written in each language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from .models import BankAccount, ReadyText, ReminderStep


@register(ReminderStep)
class ReminderStepTranslation(TranslationOptions):
    fields = ("subject", "body")


@register(ReadyText)
class ReadyTextTranslation(TranslationOptions):
    fields = ("name", "text")


@register(BankAccount)
class BankAccountTranslation(TranslationOptions):
    fields = ("instructions",)
