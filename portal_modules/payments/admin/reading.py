"""A register whose rows nobody types over: they are only worked on with the buttons of their page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from portal_modules.core.admin import Register
from portal_modules.core.rights import may


class WorkedRegister(Register):
    """Rows that come from customers, providers and actions."""

    can_create = False

    def edit_view(self, request: Any, instance_pk: Any) -> HttpResponse:
        """There is no form to change one: the way leads to its page, for those who may work on it."""
        if not may(request.user, self.edit_right):
            raise PermissionDenied
        return redirect(self.url_helper.get_action_url("inspect", instance_pk))
