"""Forms of documents: sending one, asking for one, refusing one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal_modules.core.inputs import DayInput
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.uploads import FilesField, FilesForm, FilesInput


class SendForm(FilesForm):
    """The files of one document, such as its two sides."""

    attachments = FilesField(
        label=_("Your document"),
        help_text=_("A PDF or a picture, up to 10 files of 20 MB each. On a phone you can take a photo."),
    )


class RefuseForm(forms.Form):
    """Why what was sent will not do."""

    reason = forms.CharField(
        label=_("Why it cannot be used"),
        max_length=2_000,
        help_text=_("The customer reads it, and sends the document again."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskForm(FilesForm):
    """Which document, why, what it looks like, and until when: each text in the languages of the portal."""

    due_on = forms.DateField(label=_("Needed until"), required=False, widget=DayInput())
    attachments = FilesField(
        label=_("An example"),
        required=False,
        help_text=_("A file that shows what it looks like."),
        widget=FilesInput(attrs={"multiple": False}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, longest, rows in (
            ("title", _("Document"), 160, 1),
            ("reason", _("Why it is needed"), 2_000, 3),
            ("example", _("What it looks like"), 2_000, 3),
        ):
            for code, language in PUBLIC_LANGUAGES.items():
                widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=f"{label} ({language})", max_length=longest, required=False, widget=widget
                )
        words = [name for name in self.fields if "_" in name and name not in ("due_on",)]
        self.order_fields([*words, "due_on", "attachments"])

    def words(self, name: str) -> dict[str, str]:
        """A text by language."""
        return {code: self.cleaned_data[f"{name}_{code}"] for code in PUBLIC_LANGUAGES}
