"""Forms of the library of files."""

from __future__ import annotations

from typing import Any

from wagtail.documents.forms import BaseDocumentForm

from cms.models import AS_THE_PAGES


class DocumentForm(BaseDocumentForm):
    """A file that is dropped into the library without a word is for the readers of the pages that show it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "audience" in self.fields:
            self.fields["audience"].required = False

    def clean_audience(self) -> str:
        """What was chosen, or what goes without saying."""
        return self.cleaned_data.get("audience") or AS_THE_PAGES
