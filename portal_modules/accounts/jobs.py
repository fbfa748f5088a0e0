"""Long work of the accounts: many invitations at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.jobs import Chunk, JobKind, Text, jobs
from portal_modules.core.models import Job
from portal_modules.customers.models import Contact

from .actions import invite_contact
from .inviting_many import PATIENCE
from .models import InvitationWave


@jobs.kind
class InviteContacts(JobKind):
    """One invitation for each contact; whoever was written to meanwhile is left alone."""

    name = "accounts.invite"
    label = gettext_lazy("Invitations")
    right = "customers.access"
    chunk_size = 25

    def title(self, job: Job) -> str:
        """With the name of the wave."""
        wave = InvitationWave.objects.filter(pk=UUID(job.parameters["wave"])).first()
        return _("Invitations: %(name)s") % {"name": wave} if wave else str(self.label)

    def links(self, job: Job) -> list[tuple[Text, str]]:
        """What became of them."""
        return [(_("See who came in"), reverse("accounts_wave", args=[job.parameters["wave"]]))]

    def work(self, chunk: Chunk) -> None:
        """Some of them."""
        wave = InvitationWave.objects.get(pk=UUID(chunk.parameters["wave"]))
        cards = Contact.objects.select_related("customer").in_bulk([item.value for item in chunk.items])
        # A reminder of this wave and the wave itself must not meet in one mailbox.
        pause = PATIENCE - timedelta(hours=1)
        for item in chunk.items:
            card = cards.get(item.value)
            if card is None:
                chunk.refuse(
                    gettext_lazy("This contact is not there any more."),
                    what=str(item.value),
                    line=item.number + 1,
                )
                continue
            with chunk.trying(what=f"{card.name} <{card.email}>", line=item.number + 1):
                invite_contact(card, by=chunk.by, wave=wave, once_in=pause)
