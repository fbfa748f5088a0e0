"""Showing a record to somebody outside: to whom, what of it, until when, how often."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal_modules.core.identity import normalize_email
from portal_modules.core.inputs import DayInput
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.parts import FACTS, SharedPart

USUAL_DAYS: Final = 14
MOST_DAYS: Final = 90
MOST_VIEWS: Final = 50


class ShareForm(forms.Form):
    """One person, and what they are shown."""

    name = forms.CharField(
        label=_("Name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("The link goes there, and whoever has it can open it."),
    )
    parts = forms.MultipleChoiceField(
        label=_("What else they see"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The facts are always there: what it is, and where it stands."),
    )
    last_day = forms.DateField(
        label=_("Last day"),
        widget=DayInput(),
        help_text=_("Within 90 days. You can take the link back at any time before."),
    )
    most_views = forms.IntegerField(
        label=_("How often it may be opened"),
        min_value=1,
        max_value=MOST_VIEWS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Each time it stays open for half an hour in that browser."),
    )
    language = forms.ChoiceField(label=_("Language of the mail"))

    def __init__(
        self, *args: Any, offered: list[SharedPart], languages: list[str], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["parts"].choices = [(part.name, part.label) for part in offered if part.name != FACTS]
        fields["language"].choices = [(code, PUBLIC_LANGUAGES[code]) for code in languages]
        self.initial.setdefault("last_day", timezone.localdate() + timedelta(days=USUAL_DAYS))
        self.initial.setdefault("most_views", 5)
        self.initial.setdefault("language", language)
        if not fields["parts"].choices:
            del fields["parts"]

    def clean_email(self) -> str:
        """As addresses are compared."""
        return normalize_email(self.cleaned_data["email"])

    def clean_last_day(self) -> Any:
        """Today at the earliest, and not for ever."""
        day, today = self.cleaned_data["last_day"], timezone.localdate()
        if not today <= day <= today + timedelta(days=MOST_DAYS):
            raise ValidationError(_("Choose a day from today to 90 days from now."))
        return day

    def what(self) -> dict[str, Any]:
        """What `share_record` asks for; the link ends with its last day, in the company's zone."""
        data = self.cleaned_data
        until = timezone.make_aware(datetime.combine(data["last_day"] + timedelta(days=1), time.min))
        return {
            "name": data["name"],
            "email": data["email"],
            "parts": [FACTS, *data.get("parts", [])],
            "until": until,
            "most_views": data["most_views"],
            "language": data["language"],
        }
