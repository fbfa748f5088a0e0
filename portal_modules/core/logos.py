"""Logos: what is uploaded is drawn anew, so that a file holds a picture and nothing else."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
BOX = (800, 320)  # pixels; the header shows it at most 40 high


def drawn_anew(upload: Any) -> ContentFile[bytes]:
    """A PNG of what was uploaded, at most as large as it is ever shown. Raises `ValidationError`."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The picture is larger than 5 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            upload.seek(0)
            picture: Image.Image = Image.open(upload, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The picture has too many pixels."))
            picture = ImageOps.exif_transpose(picture).convert("RGBA")
    except ValidationError:
        raise
    except Exception:
        # Whatever a broken file makes the decoder say, the answer is the same.
        raise ValidationError(_("This is not a PNG, JPEG or WebP picture.")) from None
    picture.thumbnail(BOX)
    drawn = BytesIO()
    picture.save(drawn, "PNG", optimize=True)
    return ContentFile(drawn.getvalue(), name=f"{uuid4().hex}.png")
