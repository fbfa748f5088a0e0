"""Private files: beside the public media, without an address."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class PrivateStorage(FileSystemStorage):
    """Files below PRIVATE_ROOT. A file is there whole or not at all, also when the disk is full."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(location=settings.PRIVATE_ROOT, base_url=None, **kwargs)

    def _save(self, name: str, content: File[Any]) -> str:
        path = self.path(name)
        os.makedirs(os.path.dirname(path), mode=0o750, exist_ok=True)
        draft = f"{path}.part"
        try:
            with open(draft, "wb") as target:
                for chunk in content.chunks():
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            os.replace(draft, path)
        except OSError:
            if os.path.exists(draft):
                os.unlink(draft)
            raise
        return name
