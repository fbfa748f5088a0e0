"""Why a bank file cannot be taken: each is a sentence for whoever brought it, and nothing of the file is used."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal


class BankFileRefused(Refusal):
    """A file that no bank has written, or that was changed or cut off on its way."""

    sentence = _("This is not a bank file that can be read. Choose an OFX statement or a CNAB return file.")


class FileTooLarge(BankFileRefused):
    """More than a bank writes for a month."""

    sentence = _("This file is too large. Ask your bank for a shorter period.")


class NotWhole(BankFileRefused):
    """The end is missing, or a count in the file is not that of its lines."""

    sentence = _("This file is not whole: its end is missing or its counts do not fit. Download it again.")


class OtherCurrency(BankFileRefused):
    """Money that the company does not work with."""

    def __init__(self, currency: str) -> None:
        super().__init__(
            _("This file is in %(currency)s, which your company does not use.") % {"currency": currency}
        )


class LineRefused(BankFileRefused):
    """A line whose date, amount or parts cannot be right."""

    def __init__(self, number: int) -> None:
        super().__init__(
            _("Line %(line)s of this file cannot be right. Nothing was taken from it.") % {"line": number}
        )


class SameIdentifier(BankFileRefused):
    """Two different lines under one identifier: which of them is meant cannot be told."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            _("Two different lines of this file have the same identifier “%(identifier)s”.")
            % {"identifier": identifier[:40]}
        )


class UnknownBank(BankFileRefused):
    """A return file of a bank whose layout is not known."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Return files of bank %(code)s are not read yet; those of Itaú (341) and Bradesco (237) are.")
            % {"code": code[:3]}
        )


class NoLines(BankFileRefused):
    """A file in which nothing moved."""

    sentence = _("No money moved in this file.")
