"""The form of the opinion box."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import Mark


class AnswerForm(forms.Form):
    """What is answered to somebody who left an address."""

    text = forms.CharField(label=_("Your answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class OpinionForm(forms.Form):
    """A mark, and what somebody wants to say with it. The box in the corner is written by hand with these names."""

    mark = forms.TypedChoiceField(
        label=_("How was it for you?"),
        choices=Mark.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a mark from 1 to 5."),
            "invalid_choice": _("Choose a mark from 1 to 5."),
        },
    )
    text = forms.CharField(
        label=_("What should we keep, or do better?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label=_("Your e-mail, if you want an answer"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    page = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
