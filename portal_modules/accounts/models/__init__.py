"""What the doors keep: codes asked for, people invited, links handed out, terms accepted, and who came and looked."""

from .inviting import AccessRequest, Invitation, InvitationWave
from .legal import LegalAcceptance, LegalText
from .looking import AccessEvent, ShareLink
from .proving import AccessCode, AddressProof, DoorWait, LastEntry

__all__ = [
    "AccessCode",
    "AccessEvent",
    "AccessRequest",
    "AddressProof",
    "DoorWait",
    "Invitation",
    "InvitationWave",
    "LastEntry",
    "LegalAcceptance",
    "LegalText",
    "ShareLink",
]
