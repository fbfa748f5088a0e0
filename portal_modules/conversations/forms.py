"""Writing in a thread."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal_modules.core.uploads import FilesField, FilesForm


class MessageForm(FilesForm):
    """A text, files, or both."""

    body = forms.CharField(
        label=_("Your message"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    attachments = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("PDF, pictures, XML, CSV, XLSX, DOCX or TXT: up to 10 files of 20 MB each."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "message_%s")
        super().__init__(*args, **kwargs)


class StaffMessageForm(MessageForm):
    """An answer, or a note that customers do not see."""

    is_note = forms.BooleanField(
        label=_("Note for staff only"), required=False, help_text=_("The customer does not see it.")
    )
