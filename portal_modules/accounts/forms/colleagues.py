"""Who of a customer's people gets in, in which roles, where and until when."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal_modules.core.identity import normalize_email
from portal_modules.core.inputs import DayInput
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import BuildingSite

from ..actions import Grant


class GrantForm(forms.Form):
    """What an access is for. Where the customer has no sites, none are asked for."""

    roles = forms.MultipleChoiceField(
        label=_("What this person may do"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    sites = forms.ModelMultipleChoiceField(  # type: ignore[var-annotated]  # its rows are chosen below
        label=_("Only these sites"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Without any, the access reaches all of them."),
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DayInput(),
        help_text=_("The access ends by itself at the end of this day. Leave it open if it should last."),
    )

    def __init__(self, *args: Any, sites: QuerySet[BuildingSite], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["roles"].choices = [
            (role.value, format_html("<span><strong>{}</strong><br>{}</span>", role.label, role.meaning))
            for role in CustomerRole
        ]
        fields["sites"].queryset = sites
        if not sites.exists():
            del fields["sites"]

    def clean_last_day(self) -> Any:
        """Today at the earliest."""
        day = self.cleaned_data["last_day"]
        if day is not None and day < timezone.localdate():
            raise ValidationError(_("The last day has to be today or later."))
        return day

    def grant(self) -> Grant:
        """What was chosen; an access that ends does so with its last day, in the company's zone."""
        data = self.cleaned_data
        until = None
        if data["last_day"]:
            until = timezone.make_aware(datetime.combine(data["last_day"] + timedelta(days=1), time.min))
        sites = tuple(sorted(site.pk for site in data.get("sites") or ()))
        return Grant(tuple(data["roles"]), sites, until)


class ColleagueForm(GrantForm):
    """Somebody new, and what the access is for."""

    name = forms.CharField(
        label=_("Name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("The link to choose a password goes there, and it is the login."),
    )
    field_order = ("name", "email", "roles", "sites", "last_day")

    def clean_email(self) -> str:
        """As addresses are compared."""
        return normalize_email(self.cleaned_data["email"])
