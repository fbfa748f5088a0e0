"""Conversations in the back office."""

from __future__ import annotations

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from .admin import ThreadRegister, answer, need_no_answer

modeladmin_register(ThreadRegister)


@hooks.register("register_admin_urls")
def conversation_urls() -> list[Any]:
    """Answering beside a record."""
    return [
        path("conversations/answer/<str:record_type>/<uuid:uuid>/", answer, name="conversations_answer"),
        path(
            "conversations/settle/<str:record_type>/<uuid:uuid>/", need_no_answer, name="conversations_settle"
        ),
    ]
