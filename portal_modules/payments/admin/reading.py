"""A register whose rows nobody types over: they are only worked on with the buttons of their page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from portal_modules.core.admin import Register


class WorkedRegister(Register):
    """Rows that come from customers, providers and actions."""

    can_create = False

    def edit_view(self, request: Any, instance_pk: Any) -> HttpResponse:
        """There is no form to change one: the way leads to its page."""
        return redirect(self.url_helper.get_action_url("inspect", instance_pk))
