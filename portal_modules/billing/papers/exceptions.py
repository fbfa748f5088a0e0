"""Why something that came from outside cannot be taken: each is a sentence that a form or a report can show."""

from __future__ import annotations

from portal_modules.core.exceptions import Refusal


class BankLineRefused(Refusal):
    """A boleto's line or barcode that no bank can have printed."""


class PixCodeRefused(Refusal):
    """A Pix code that was changed on its way, or data from which none can be made."""


class FiscalKeyRefused(Refusal):
    """A fiscal key that no authority can have given."""


class FiscalFileRefused(Refusal):
    """A file that is no fiscal note, or not safe to open."""
