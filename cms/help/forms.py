"""The form of "ask about this screen"."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    """What somebody wants to know; the screen comes along."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "What you want to do, and what happened instead. The screen that you came from is sent along."
        ),
    )
    screen = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    address = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)
