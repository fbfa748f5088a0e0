"""Letting people in. What they may do is answered elsewhere: see `core.rights`."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend


class DoorBackend(AuthenticationBackend):
    """Authenticates, and has no say in permissions: nobody has them directly or by a group."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None."""
        return set()

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None."""
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None."""
        return set()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Never."""
        return False
