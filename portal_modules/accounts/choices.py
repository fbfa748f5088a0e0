"""Words of the accounts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProofPurpose(models.TextChoices):
    """What somebody proves for that they read the mail of an address."""

    REGISTER = "register", _("Register")
    RESET = "reset", _("Choose a new password")
    STAFF = "staff", _("Choose a new password for the back office")
    FIRST = "first", _("Create an access")
    ENTER = "enter", _("Come in by a link")


class LegalKind(models.TextChoices):
    """What a company lays down in writing for those who use its portal."""

    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy notice")


class InvitationState(models.TextChoices):
    """What became of an invitation, as staff read it."""

    SENDING = "sending", _("On its way")
    SENT = "sent", _("Sent")
    BOUNCED = "bounced", _("Did not arrive")
    OPENED = "opened", _("Opened the page")
    ACCEPTED = "accepted", _("Let in")
    EXPIRED = "expired", _("Too old")
    ENDED = "ended", _("Taken back")


class RequestState(models.TextChoices):
    """What became of somebody who said that their address is missing."""

    OPEN = "open", _("Waits for an answer")
    ACCEPTED = "accepted", _("Invited")
    DECLINED = "declined", _("Declined")


class EntryState(models.TextChoices):
    """Whether a contact gets in, as staff read it."""

    ACTIVE = "active", _("Has access")
    INVITED = "invited", _("Invited")
    NONE = "none", _("No access yet")
    OFF = "off", _("Access taken away")
    NO_ADDRESS = "no_address", _("Has no e-mail")
