"""Sending a document that was asked for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.uploads import FilesField, FilesForm


class SendForm(FilesForm):
    """The files of one document, such as its two sides."""

    attachments = FilesField(
        label=_("Your document"),
        help_text=_("A PDF or a picture, up to 10 files of 20 MB each. On a phone you can take a photo."),
    )
