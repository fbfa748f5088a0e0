"""What the doors keep: codes asked for, people invited, the company's terms, and who accepted which."""

from .inviting import AccessRequest, Invitation, InvitationWave
from .legal import LegalAcceptance, LegalText
from .proving import AccessCode, AddressProof, DoorWait, LastEntry

__all__ = [
    "AccessCode",
    "AccessRequest",
    "AddressProof",
    "DoorWait",
    "Invitation",
    "InvitationWave",
    "LastEntry",
    "LegalAcceptance",
    "LegalText",
]
