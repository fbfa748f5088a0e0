"""Refusals of the opinion box."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal


class NoAddress(Refusal):
    """Nobody can be answered."""

    sentence = _("They left no address, so there is nobody to answer.")
