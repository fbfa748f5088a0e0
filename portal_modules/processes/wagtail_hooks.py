"""Processes in the back office."""

from __future__ import annotations

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from .admin import ProcessKindCatalogue, ProcessRegister, ReviewRegister, ReviewSubjectCatalogue
from .admin.board import board
from .admin.pasting import paste_numbers

modeladmin_register(ProcessRegister)
modeladmin_register(ReviewRegister)
register_snippet(ProcessKindCatalogue)
register_snippet(ReviewSubjectCatalogue)


@hooks.register("register_admin_urls")
def board_urls() -> list[Any]:
    """The board of processes by phase."""
    return [path("processes/board/", board, name="processes_board")]


@hooks.register("register_admin_urls")
def work_urls() -> list[Any]:
    """What is done with many processes at once."""
    return [path("processes/paste/", paste_numbers, name="processes_paste")]
