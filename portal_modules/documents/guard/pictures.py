"""Pictures, made anew from their pixels: where they were taken, and whatever else was hidden in them, stays out.

The content decides what a picture is, and the name follows: phones send HEIC under a name in .jpg. HEIC
becomes JPEG, because only few programs show it. Decided: 50 million pixels at most, which a phone of today
takes and which costs 150 MB while it is made anew; the header tells, before anything is unpacked.
"""

from __future__ import annotations

import errno
import warnings
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any, Final

import pillow_heif
from PIL import Image, ImageOps

from ..exceptions import NoRoom, NotWhatItSays, PictureTooLarge

PICTURES: Final = ("jpg", "jpeg", "png", "webp", "heic")
MOST_PIXELS: Final = 50_000_000
_THUMBNAIL: Final = (320, 320)
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# What Pillow calls each, how it is written, and what it is served as.
_WRITTEN_AS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "PNG": ("png", "image/png", {"compress_level": 6}),
    "JPEG": ("jpg", "image/jpeg", {"quality": 88, "optimize": False}),
    "WEBP": ("webp", "image/webp", {"quality": 88, "method": 2}),
}
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


@dataclass(frozen=True, slots=True)
class RemadePicture:
    """A picture that is safe to keep, and a small one for lists."""

    content: IO[bytes]
    thumbnail: IO[bytes]
    extension: str
    content_type: str


def remade_picture(file: IO[bytes], name: str) -> RemadePicture:
    """The same picture, upright and without what was told beside it."""
    kind = _kind_of(file.read(32))
    if kind is None:
        raise NotWhatItSays(name)
    file.seek(0)
    picture = _upright(file, kind, name)
    written = "JPEG" if kind == "HEIF" else kind
    extension, content_type, options = _WRITTEN_AS[written]
    return RemadePicture(
        content=_written(_flat(picture) if written == "JPEG" else picture, written, options),
        thumbnail=_written(_flat(_small(picture)), "JPEG", {"quality": 80}),
        extension=extension,
        content_type=content_type,
    )


def _kind_of(head: bytes) -> str | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return "HEIF"
    return None


def _upright(file: IO[bytes], kind: str, name: str) -> Image.Image:
    """The pixels as they are meant to be seen; refused by what the header says, before they are unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened: Any = (
                pillow_heif.open_heif(file, convert_hdr_to_8bit=True)
                if kind == "HEIF"
                else Image.open(file, formats=[kind])
            )
            if opened.size[0] * opened.size[1] > MOST_PIXELS:
                raise PictureTooLarge(name)
            picture: Image.Image = opened.to_pillow() if kind == "HEIF" else opened
            picture.load()
            ImageOps.exif_transpose(picture, in_place=True)
            return picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge(name) from None
    except PictureTooLarge:
        raise
    except Exception as error:
        # Decoders raise whatever they like on damaged input: SyntaxError, struct.error, OSError and more.
        raise NotWhatItSays(name) from error


def _small(picture: Image.Image) -> Image.Image:
    if picture.width <= _THUMBNAIL[0] and picture.height <= _THUMBNAIL[1]:
        return picture
    return ImageOps.contain(picture, _THUMBNAIL)


def _flat(picture: Image.Image) -> Image.Image:
    """Colours on white paper: JPEG knows no transparency."""
    if picture.mode in {"RGB", "L"} and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith(("I", "F")):
        return picture.convert("L")
    if "A" not in picture.mode and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _written(picture: Image.Image, kind: str, options: dict[str, Any]) -> IO[bytes]:
    """The pixels alone: Pillow would write out again some of what was told beside them."""
    picture.info = {key: value for key, value in picture.info.items() if key == "transparency"}
    target = TemporaryFile()  # noqa: SIM115 (whoever keeps it closes it)
    try:
        picture.save(target, kind, **options)
        target.flush()
    except OSError as error:
        target.close()
        if error.errno in _FULL:
            raise NoRoom from None
        raise
    target.seek(0)
    return target
