"""What notifications refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal, WrongState


class NotFailed(WrongState):
    """Only what was given up is sent again."""

    sentence = _("This message did not fail, or somebody is sending it again already.")


class SecretNotUsable(Refusal):
    """A signing key is one line of plain letters, digits and signs."""

    sentence = _("Paste the key as your provider shows it: one line, without accents.")
