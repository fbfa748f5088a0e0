"""Registers whose rows nobody types over: they are only worked on with the buttons of their page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from wagtail_modeladmin.helpers import ButtonHelper

from portal_modules.core.admin import Register


class ReadingButtons(ButtonHelper):
    """Those of a register without a form to change a row."""

    def get_buttons_for_obj(self, obj: Any, exclude: Sequence[str] | None = None, *rest: Any) -> list[Any]:
        """All but the one that changes."""
        return list(super().get_buttons_for_obj(obj, [*(exclude or ()), "edit"], *rest))


class WorkedRegister(Register):
    """Rows that come from customers, providers and actions."""

    can_create = False
    button_helper_class = ReadingButtons

    def edit_view(self, request: Any, instance_pk: Any) -> HttpResponse:
        """There is no form to change one."""
        raise PermissionDenied
