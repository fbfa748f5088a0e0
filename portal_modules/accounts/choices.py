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


class SharedState(models.TextChoices):
    """What became of a share link."""

    OPEN = "open", _("Opens")
    USED_UP = "used_up", _("Used up")
    EXPIRED = "expired", _("Its time is over")
    REVOKED = "revoked", _("Taken back")


class AccessKind(models.TextChoices):
    """What happened at the doors of an account, as its owner reads it."""

    SIGNED_IN = "signed_in", _("Came in")
    REFUSED = "refused", _("A sign-in was refused")
    SIGNED_OUT = "signed_out", _("Left")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    FACTOR_ADDED = "factor_added", _("Second factor set up")
    FACTOR_REMOVED = "factor_removed", _("Second factor removed")
    LINK_SHARED = "link_shared", _("A link was shared")
    LINK_OPENED = "link_opened", _("A shared link was opened")
    LINK_REVOKED = "link_revoked", _("A shared link was taken back")
    VIEWED_AS = "viewed_as", _("The company looked at the portal as you see it")
    VIEW_ENDED = "view_ended", _("The company stopped looking")


class EntryState(models.TextChoices):
    """Whether a contact gets in, as staff read it."""

    ACTIVE = "active", _("Has access")
    INVITED = "invited", _("Invited")
    NONE = "none", _("No access yet")
    OFF = "off", _("Access taken away")
    NO_ADDRESS = "no_address", _("Has no e-mail")
