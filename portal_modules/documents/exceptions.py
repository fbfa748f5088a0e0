"""What is refused of files and of documents asked for, each with the sentence for whoever sent them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal, WrongState
from portal_modules.core.uploads import FileRefused, FileTooLarge, NoRoom, TooManyFiles

# Refused by the upload itself, and by the actions.
__all__ = [
    "FileRefused",
    "FileTooLarge",
    "NoRoom",
    "TooManyFiles",
]


class TypeNotAllowed(FileRefused):
    """An extension that is not on the list."""

    sentence = _(
        "“%(name)s” is of a kind that we cannot take. Send a PDF, a picture (JPG, PNG, WEBP, HEIC), "
        "XML, CSV, XLSX, DOCX or TXT."
    )


class NotWhatItSays(FileRefused):
    """The content is not of the kind that the name says."""

    sentence = _("“%(name)s” is not what its name says, or is damaged. Open it, save it again and send that.")


class EmptyFile(FileRefused):
    """Nothing is in it."""

    sentence = _("“%(name)s” is empty.")


class XmlTooLarge(FileRefused):
    """More bytes than an XML file may have."""

    sentence = _("“%(name)s” is larger than 1 MB, which is the most for an XML file.")


class PictureTooLarge(FileRefused):
    """More pixels than a picture may have."""

    sentence = _("“%(name)s” has too many pixels. Send it with at most 50 million, such as 8,000 × 6,000.")


class HasMacros(FileRefused):
    """Programs are in it."""

    sentence = _("“%(name)s” has macros in it. Save it without them and send that.")


class NothingSent(Refusal):
    """A document is sent with a file in it."""

    sentence = _("Choose at least one file.")


class ReasonMissing(Refusal):
    """Whoever has to send something again wants to know why."""

    sentence = _("Write why it is refused: the customer reads it.")


class TitleMissing(Refusal):
    """A document that is asked for has a name, in some language."""

    sentence = _("Write which document is asked for, in at least one language.")


class TextTooLong(Refusal):
    """More than a text holds."""

    sentence = _("This text is too long.")


class DueInThePast(Refusal):
    """Nobody can send something by a day that is over."""

    sentence = _("The day by which it is needed is over already.")


class RecordOfAnotherCustomer(Refusal):
    """A document is asked of the customer of the record that it is for."""

    sentence = _("This belongs to another customer.")


class CustomerArchived(Refusal):
    """Nothing is asked of a customer that is archived."""

    sentence = _("This customer is archived. Bring it back first.")


class RequestNotOpen(WrongState):
    """There is no way from the state that the request is in."""

    sentence = _("This is not possible any more: the document was accepted, or is not needed.")
