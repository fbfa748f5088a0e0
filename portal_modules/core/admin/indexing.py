"""Which rows Wagtail looks through for pictures, files and pages that they use."""

from __future__ import annotations

from django.db.models import Model
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page

_CONTENT = (AbstractDocument, AbstractImage, Page)


def can_hold_content(model: type[Model]) -> bool:
    """Can a row lead to something that editors keep: by a field of its own, or in a text?"""
    for field in model._meta.get_fields():
        target = field.related_model if field.is_relation and field.concrete else None
        if isinstance(target, type) and issubclass(target, _CONTENT):
            return True
        if hasattr(field, "extract_references"):
            return True
    return False
