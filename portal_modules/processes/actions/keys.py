"""The key to the registry's own site: kept encrypted, read one at a time, and each reading written down."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal_modules.core.actions import log
from portal_modules.core.secrets import decrypt, encrypt, encrypt_anew

from .. import exceptions
from ..models import Process

LONGEST_KEY = 200
_PURPOSE = "processes.registry_key"
_AT_A_TIME = 500


@transaction.atomic
def keep_registry_key(process: Process, key: str, *, by: Any | None) -> Process:
    """Keep the key of a process, encrypted; an empty one takes away what was kept."""
    key = key.strip()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise exceptions.KeyNotUsable
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    process.registry_key = encrypt(key, purpose=_PURPOSE).encode() if key else None
    process.save(update_fields=["registry_key"])
    log("processes.keep_key" if key else "processes.forget_key", process, by=by)
    return process


@transaction.atomic
def read_registry_key(process: Process, *, by: Any | None) -> str:
    """The key in plain text, for one look. Raises `NoRegistryKey` where none is kept."""
    kept = Process.objects.filter(pk=process.pk).values_list("registry_key", flat=True).get()
    if kept is None:
        raise exceptions.NoRegistryKey
    key = decrypt(bytes(kept).decode("ascii"), purpose=_PURPOSE)
    log("processes.show_key", process, by=by)
    return key


def renew_registry_keys() -> int:
    """Encrypt all that the company keeps with the newest secret key, after a change of it; return how many."""
    last, renewed = None, 0
    while True:
        with transaction.atomic():
            rows = Process.objects.filter(registry_key__isnull=False).order_by("pk")
            if last is not None:
                rows = rows.filter(pk__gt=last)
            locked = list(rows.select_for_update(no_key=True).only("registry_key")[:_AT_A_TIME])
            for process in locked:
                token = encrypt_anew(bytes(process.registry_key).decode("ascii"), purpose=_PURPOSE)
                process.registry_key = token.encode()
            Process.objects.bulk_update(locked, ["registry_key"])
        if not locked:
            return renewed
        last, renewed = locked[-1].pk, renewed + len(locked)
