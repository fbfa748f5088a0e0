"""Who may do what in a register: rights by role, asked again for every row."""

from __future__ import annotations

from typing import Any

from wagtail_modeladmin.helpers import PermissionHelper

from portal_modules.core.rights import may
from portal_modules.core.scope import current_scope


class RightsPermissionHelper(PermissionHelper):
    """Asks the rights of the register, and that the row is of the company in scope."""

    view_right = ""
    edit_right = ""
    can_create = True
    can_edit = True
    can_delete = False

    def _owns(self, row: Any) -> bool:
        return row.company_id in current_scope().companies

    def user_has_any_permissions(self, user: Any) -> bool:
        """May they see the register at all?"""
        return may(user, self.view_right)

    def user_can_list(self, user: Any) -> bool:
        """May they see the list?"""
        return may(user, self.view_right)

    def user_can_create(self, user: Any) -> bool:
        """May they add a row?"""
        return self.can_create and may(user, self.edit_right)

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        """May they open this row?"""
        return may(user, self.view_right) and self._owns(obj)

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        """May they change this row in a form? Many are only worked on with the buttons of their page."""
        return self.can_edit and self.user_can_work_on_obj(user, obj)

    def user_can_work_on_obj(self, user: Any, obj: Any) -> bool:
        """May they press the buttons of its page that name no right of their own?"""
        return may(user, self.edit_right) and self._owns(obj)

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        """May they delete it? Most rows are archived or closed instead."""
        return self.can_delete and may(user, self.edit_right) and self._owns(obj)


def helper_of(
    view_right: str, edit_right: str, *, can_create: bool, can_edit: bool, can_delete: bool
) -> type[RightsPermissionHelper]:
    """The permission helper of one register."""
    return type(
        "RegisterPermissionHelper",
        (RightsPermissionHelper,),
        {
            "view_right": view_right,
            "edit_right": edit_right,
            "can_create": can_create,
            "can_edit": can_edit,
            "can_delete": can_delete,
        },
    )
