"""Which fields of processes are written in each language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from .models import ChecklistItem, Notice, Phase, ProcessKind, ReviewSubject


@register(ProcessKind)
class ProcessKindTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Phase)
class PhaseTranslation(TranslationOptions):
    fields = ("name", "description", "customer_action")


@register(Notice)
class NoticeTranslation(TranslationOptions):
    fields = ("title", "body")


@register(ChecklistItem)
class ChecklistItemTranslation(TranslationOptions):
    fields = ("title", "why", "example")


@register(ReviewSubject)
class ReviewSubjectTranslation(TranslationOptions):
    fields = ("name",)
