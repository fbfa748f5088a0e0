"""Which fields of payments are written in each language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from .models import PaymentPolicy, PaymentProvider


@register(PaymentPolicy)
class PaymentPolicyTranslation(TranslationOptions):
    fields = ("instructions",)


@register(PaymentProvider)
class PaymentProviderTranslation(TranslationOptions):
    fields = ("label",)
