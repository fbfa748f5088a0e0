"""Opinions in the back office."""

from __future__ import annotations

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from . import staff_views
from .admin import OpinionRegister

modeladmin_register(OpinionRegister)


@hooks.register("register_admin_urls")
def opinion_urls() -> list[Any]:
    """Answering."""
    return [path("feedback/answer/<uuid:pk>/", staff_views.answer, name="feedback_answer")]
