"""Portraits: whatever was uploaded becomes one small square picture, drawn anew."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

SIDE = 224  # shown at 56 to 112 pixels, sharp on dense screens
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000

_KINDS = ("JPEG", "PNG", "WEBP")


def portrait(upload: Any) -> ContentFile[bytes]:
    """The middle of a picture, 224 pixels wide and high, without anything that the camera wrote beside it.

    Raises `ValidationError` for what is no picture, is too large, or claims more pixels than a camera has.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError(_("A photo has at most 5 MB."))
    try:
        upload.seek(0)
        with Image.open(upload, formats=_KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("This picture is too large. At most 40 megapixels."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            square = ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError(_("This is no picture that we can read. JPEG, PNG or WebP.")) from None
    drawn = BytesIO()
    square.save(drawn, "WEBP", quality=82)
    return ContentFile(drawn.getvalue(), name="portrait.webp")
