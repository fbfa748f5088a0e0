"""Refusals that every module knows, each with a sentence that a form or a page can show."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """An action said no: nothing was changed, and `sentence` says why to whoever asked."""

    sentence: str | Promise = _("This cannot be done now.")

    def __init__(self, sentence: str | Promise | None = None) -> None:
        if sentence is not None:
            self.sentence = sentence
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refusal):
    """Whoever acts has not the right to."""

    sentence = _("You are not allowed to do this.")


class WrongState(Refusal):
    """The record is not in a state from which this can be done."""

    sentence = _("This is not possible in the state that it is in.")


class RegistryError(Exception):
    """A module, record or event was registered twice, or is not known."""
