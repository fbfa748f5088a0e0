"""One's own account in the back office: the name, as our people have it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.admin.views.account import LocaleSettingsPanel, NameEmailSettingsPanel

from portal_modules.core.companies import card_in_scope
from portal_modules.users.models import User


class NameForm(forms.ModelForm[User]):
    """What customers and colleagues read. The address is changed where it is proved."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


class SpeechForm(LocalePreferencesForm):
    """Language and time zone; without a choice they are the company's, and not the server's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        company = card_in_scope().company
        spoken = company.spoken(self.instance.user.language or company.language)
        own = {
            "preferred_language": translation.get_language_info(spoken)["name_local"],
            "current_time_zone": company.time_zone,
        }
        for name, shown in own.items():
            field: Any = self.fields[name]
            field.choices = [("", _("As in the company: %(value)s") % {"value": shown}), *field.choices[1:]]
        # Wagtail's script would write the server's zone over it.
        self.fields["current_time_zone"].widget.attrs = {}


def name_people_as_we_do() -> None:
    """Wagtail asks for two names that our people do not have, and would keep neither."""
    NameEmailSettingsPanel.form_class = NameForm
    LocaleSettingsPanel.form_class = SpeechForm
