"""What staff may do: answered from their membership in the company in scope, never from rows of permissions."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend

from portal_modules.core.choices import EDITORIAL_ROLES, StaffRole
from portal_modules.core.exceptions import RegistryError
from portal_modules.core.modules import modules
from portal_modules.core.records import records

# What Django's permissions on a module's models ask for. A module that tells its verbs apart further
# names them in its registers.
_VERB_OF = {"view": "view", "add": "edit", "change": "edit", "delete": "edit", "publish": "edit"}

_EDITORS = frozenset(EDITORIAL_ROLES)
_MANAGERS = frozenset({StaffRole.MANAGER, StaffRole.PLATFORM})

# Permissions of libraries that are asked by their app.
_LIBRARIES: dict[str, frozenset[StaffRole]] = {
    "wagtailredirects": _EDITORS,
    "wagtail_localize": _EDITORS,
    "simple_translation": _EDITORS,
    "core": _MANAGERS,
    "cms": _EDITORS,
    **dict.fromkeys(("home", "news", "support", "advantages", "help", "plain"), _EDITORS),
}


@cache
def rights_of(role: StaffRole) -> frozenset[str]:
    """All rights that a role has."""
    return frozenset(right.name for module in modules for right in module.rights if role in right.roles)


def may(user: Any, right: str) -> bool:
    """Has this person the right, in the company that they are working in?"""
    role = getattr(user, "staff_role", None)
    return bool(user.is_active and role and right in rights_of(role) and _is_on(user, right))


def _is_on(user: Any, right: str) -> bool:
    """Rights of a module that is off in this company are nobody's."""
    return right.partition(".")[0] in getattr(user, "staff_modules", ())


def record_for_staff(record_type: str, pk: UUID, user: Any) -> Any | None:
    """One record of the company in scope that this person of its staff may look at; None for all others alike."""
    try:
        record = records.get(record_type)
    except RegistryError:
        return None
    if not may(user, f"{record._meta.app_label}.view"):
        return None
    return record.objects.filter(pk=pk).first()


class StaffRightsBackend(BaseBackend):
    """Answers `has_perm` from the role in the company in scope; who is outside a company may nothing."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """It lets nobody in."""
        return

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Django's permissions and our rights alike."""
        role: StaffRole | None = getattr(user_obj, "staff_role", None)
        if not user_obj.is_active or role is None:
            return False
        if perm == "wagtailadmin.access_admin":
            return True
        label, _dot, name = perm.partition(".")
        if perm in rights_of(role):
            return _is_on(user_obj, perm)
        if label in modules:
            verb = _VERB_OF.get(name.partition("_")[0], "")
            return may(user_obj, f"{label}.{verb}")
        return role in _LIBRARIES.get(label, frozenset())

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """May they see anything of an app?"""
        return self.has_perm(user_obj, f"{app_label}.view")
