"""Processes in the back office."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from .admin import ProcessKindCatalogue, ProcessRegister, ReviewRegister, ReviewSubjectCatalogue

modeladmin_register(ProcessRegister)
modeladmin_register(ReviewRegister)
register_snippet(ProcessKindCatalogue)
register_snippet(ReviewSubjectCatalogue)
