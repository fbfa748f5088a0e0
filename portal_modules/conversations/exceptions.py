"""What conversations refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal


class NothingSaid(Refusal):
    """A message has words, or a file."""

    sentence = _("Write something, or choose a file.")


class MessageTooLong(Refusal):
    """More than a message holds."""

    sentence = _("A message has at most 20,000 characters.")
