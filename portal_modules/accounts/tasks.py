"""What the accounts do by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models.functions import Now
from django_tasks import task

from portal_modules.core.scope import platform_scope
from portal_modules.core.tasks import opens_own_scopes

from .models import AddressProof

# Long enough to answer "did my code go out?", and no longer: the rows hold addresses that somebody typed.
KEPT: Final = timedelta(days=2)


@task()
@opens_own_scopes
def forget_old_proofs() -> None:
    """Delete codes that nobody can use any more."""
    with platform_scope():
        AddressProof.objects.filter(asked_at__lt=Now() - KEPT).delete()
