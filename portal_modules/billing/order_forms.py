"""What a customer writes onto an invoice."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class OrderForm(forms.Form):
    """Their own order number."""

    order = forms.CharField(
        label=_("Your purchase order"),
        max_length=60,
        required=False,
        help_text=_("The number that your purchasing gave it. It stands on the PDF from now on."),
    )
