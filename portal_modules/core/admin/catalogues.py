"""Catalogues: what editors own and records point at, written in each language of the portal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from portal_modules.core.admin.forms import CompanyModelForm
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.rights import may


class RightsPermissionPolicy(ModelPermissionPolicy):
    """Rights by role, for views that ask a policy. Which rows there are is the walls' to say."""

    def __init__(self, model: type[Any], view_right: str, edit_right: str) -> None:
        super().__init__(model)
        self.view_right = view_right
        self.edit_right = edit_right

    def user_has_permission(self, user: Any, action: str) -> bool:
        """May they do it?"""
        return may(user, self.view_right if action == "view" else self.edit_right)

    def user_has_any_permission(self, user: Any, actions: Sequence[str]) -> bool:
        """May they do any of it?"""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Sequence[str]) -> Any:
        """Nobody by a row of permissions."""
        return get_user_model().objects.none()

    def users_with_permission(self, action: str) -> Any:
        """Nobody by a row of permissions."""
        return get_user_model().objects.none()


def _yes_or_no(name: str, row: Any) -> str:
    return str(_("Yes") if getattr(row, name) else _("No"))


class Catalogue(SnippetViewSet):
    """A catalogue of one company, with a tab for each language.

    `translated` are the fields of the model's translation.py; `panels` what is the same in all languages.
    """

    view_right: ClassVar[str]
    edit_right: ClassVar[str]
    translated: ClassVar[Sequence[str]] = ()
    common_panels: ClassVar[Sequence[Panel]] = ()
    list_display: Sequence[Any] = ("__str__",)
    policy_class: ClassVar[type[RightsPermissionPolicy]] = RightsPermissionPolicy

    base_form_class = CompanyModelForm
    copy_view_enabled = False
    inspect_view_enabled = False
    # What is set up once stands below Settings: the first level of the menu is a day's work.
    add_to_settings_menu = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Before Wagtail asks for the model's policy, and makes one of rows of permissions.
        policy = self.policy_class(self.model, self.view_right, self.edit_right)
        register_permission_policy(self.model, policy)
        self.list_display = self._columns()
        super().__init__(*args, **kwargs)

    def _columns(self) -> list[str | Column]:
        """As they are named, the first of which leads to the row; yes or no, and one of some words, as people read it."""
        first, *others = self.list_display
        return [first, *(self._column(name) for name in others)]

    def _column(self, name: str) -> str | Column:
        field: Any = {each.name: each for each in self.model._meta.get_fields()}.get(name)
        if isinstance(field, models.BooleanField):
            return Column(name, label=capfirst(field.verbose_name), accessor=partial(_yes_or_no, name))
        if getattr(field, "choices", None):
            return Column(name, label=capfirst(field.verbose_name), accessor=f"get_{name}_display")
        return name

    @property
    def menu_item_class(self) -> type[MenuItem]:
        """The entry of the menu: shown where the module is on, to those who may see it."""
        label, right = self.model._meta.app_label, self.view_right

        class CatalogueMenuItem(MenuItem):
            def is_shown(self, request: Any) -> bool:
                card = getattr(request, "card", None)
                return bool(card and label in card.modules and may(request.user, right))

        return CatalogueMenuItem

    def get_edit_handler(self) -> Any:
        """A tab for each language, and one for what they share."""
        tabs = [
            ObjectList(
                [FieldPanel(f"{field}_{code}") for field in self.translated],
                heading=name,
            )
            for code, name in PUBLIC_LANGUAGES.items()
        ]
        if self.common_panels:
            tabs.append(ObjectList(list(self.common_panels), heading=_("In all languages")))
        return TabbedInterface(tabs, base_form_class=self.base_form_class).bind_to_model(self.model)
