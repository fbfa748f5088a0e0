"""What editors put a page's text together from, the same on every kind of page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from portal_modules.core.languages import LANGUAGE_CHOICES

FILM_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
CAPTION_TYPE = "vtt"


class CaptionsBlock(StructBlock):
    """The words of a film in one language, as a WebVTT file."""

    language = ChoiceBlock(choices=LANGUAGE_CHOICES, label=_("Language"))
    file = DocumentChooserBlock(label=_("File with the captions"), help_text=_("A WebVTT file (.vtt)."))

    class Meta:
        icon = "openquote"
        label = _("Captions")

    def clean(self, value: Any) -> Any:
        """Browsers read WebVTT and nothing else."""
        cleaned = super().clean(value)
        if cleaned["file"].file_extension.lower() != CAPTION_TYPE:
            refusal = ValidationError(_("Captions are a WebVTT file, which ends in .vtt."))
            raise StructBlockValidationError(block_errors={"file": refusal})
        return cleaned


class FilmBlock(StructBlock):
    """A film with captions, and the picture that is seen before it plays."""

    title = CharBlock(max_length=120, label=_("Title"))
    film = DocumentChooserBlock(label=_("Film"), help_text=_("An MP4 or WebM file of at most 50 MB."))
    poster = ImageChooserBlock(required=False, label=_("Picture before it plays"))
    captions = ListBlock(
        CaptionsBlock(),
        label=_("Captions"),
        help_text=_("Who cannot hear reads them, and so does whoever is on a train."),
    )
    description = RichTextBlock(
        required=False,
        features=["bold", "italic", "ol", "ul"],
        label=_("What is seen and said"),
        help_text=_("For those who cannot see it, and for the search."),
    )

    class Meta:
        icon = "media"
        label = _("Film")
        template = "cms/blocks/film.html"

    def clean(self, value: Any) -> Any:
        """A film is one that browsers play."""
        cleaned = super().clean(value)
        if cleaned["film"].file_extension.lower() not in FILM_TYPES:
            refusal = ValidationError(_("A film is an MP4 or WebM file."))
            raise StructBlockValidationError(block_errors={"film": refusal})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The film with its type, for the player."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        film = value.get("film")
        context["media_type"] = FILM_TYPES.get(film.file_extension.lower(), "") if film else ""
        return context


def article_blocks() -> list[tuple[str, Any]]:
    """Headings, text, pictures, files and films."""
    return [
        ("heading", CharBlock(label=_("Heading"), icon="title", template="cms/blocks/heading.html")),
        (
            "paragraph",
            RichTextBlock(
                label=_("Text"),
                features=["h3", "bold", "italic", "ol", "ul", "link", "document-link"],
                template="cms/blocks/paragraph.html",
            ),
        ),
        ("image", ImageChooserBlock(label=_("Picture"), template="cms/blocks/image.html")),
        ("document", DocumentChooserBlock(label=_("File"), template="cms/blocks/document.html")),
        ("film", FilmBlock()),
    ]
