"""Long work of billing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal_modules.core.companies import card_in_scope
from portal_modules.core.jobs import Chunk, JobKind, jobs
from portal_modules.core.models import Job

from .actions import finish_pack
from .actions.packs import PACK_JOB
from .models import AccountantPack
from .packing import draw_paper, write_pack


@jobs.kind
class MakePack(JobKind):
    """An accountant's pack: its papers are drawn one by one, and at the end put into one ZIP."""

    name = PACK_JOB
    label = _("Pack for an accountant")
    right = "billing.view"
    chunk_size = 10

    def title(self, job: Job) -> str:
        """Whose it is."""
        pack = _pack(job)
        return f"{self.label} · {pack.customer.name}" if pack else str(self.label)

    def work(self, chunk: Chunk) -> None:
        """Draw some; nobody waits for a pack that is gone."""
        if _pack(chunk.job) is None:
            return
        card = card_in_scope()
        for item in chunk.items:
            kind, pk = item.value
            with chunk.trying(what=pk):
                draw_paper(kind, UUID(pk), card)

    def finish(self, job: Job) -> None:
        """Put them together, and tell who waits."""
        pack = _pack(job)
        if pack is not None and pack.made_at is None:
            write_pack(pack, card_in_scope())
            finish_pack(pack)


def _pack(job: Job) -> AccountantPack | None:
    rows: Any = AccountantPack.objects.select_related("customer__company")
    found: AccountantPack | None = rows.filter(pk=job.parameters.get("pack")).first()
    return found
