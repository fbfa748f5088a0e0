"""Letting people in. What they may do is answered elsewhere: see `core.rights`."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from portal_modules.core.compiled import compiled
from portal_modules.users.models import User


class DoorBackend(AuthenticationBackend):
    """Authenticates, and has no say in permissions: nobody has them directly or by a group."""

    def get_user(self, user_id: int) -> User | None:
        """Who a session is of: asked by every page of somebody who is signed in."""
        found = _person((user_id,))
        return found[0] if found and self.user_can_authenticate(found[0]) else None

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


@compiled
def _person(ids: tuple[int, ...]) -> QuerySet[User]:
    return User.objects.filter(pk__in=ids)
