"""What the actions of ${plural} refuse, each with the sentence for whoever asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal, WrongState


class CustomerArchived(Refusal):
    """Nothing is opened for a customer that is archived."""

    sentence = _("This customer is archived. Bring it back first.")


class DateInTheFuture(Refusal):
    """What has happened has a day that has come."""

    sentence = _("This day has not come yet.")


class StateNotAllowed(WrongState):
    """There is no way from the state that it is in."""
