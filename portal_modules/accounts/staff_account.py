"""One's own account in the back office: the name, as our people have it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from wagtail.admin.views.account import NameEmailSettingsPanel

from portal_modules.users.models import User


class NameForm(forms.ModelForm[User]):
    """What customers and colleagues read. The address is changed where it is proved."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


def name_people_as_we_do() -> None:
    """Wagtail asks for two names that our people do not have, and would keep neither."""
    NameEmailSettingsPanel.form_class = NameForm
