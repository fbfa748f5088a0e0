"""Keeping files: what is let in, where it lies, and who took it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from portal_modules.core.access import ActorKind
from portal_modules.core.actions import log
from portal_modules.core.models import Company
from portal_modules.core.records import PortalRecord

from ..choices import Visibility
from ..exceptions import NoRoom
from ..guard import CheckedFile, check_upload
from ..models import KEPT_BELOW, Document, Download, private_storage


@transaction.atomic
def store_file(
    record: PortalRecord,
    upload: UploadedFile | File[bytes],
    *,
    by: Any | None,
    actor: ActorKind,
    author_name: str,
    visibility: Visibility = Visibility.BOTH,
) -> Document:
    """Keep a file beside a record of a customer, if it is what it says and nothing that could do harm.

    Raises a `FileRefused` or `NoRoom`; then nothing is kept. When the transaction is rolled back later
    the file goes, too.
    """
    checked = check_upload(upload)
    row: Any = record
    document = Document(
        company_id=row.company_id,
        customer_id=row.customer_id,
        record_type=record.record_type(),
        record_id=row.pk,
        name=checked.name,
        content_type=checked.content_type,
        visibility=visibility,
        actor_kind=actor,
        author=by,
        author_name=author_name[:160],
    )
    document.sha256, document.size = _digest(checked.content)
    _keep(document, checked)
    document.save(force_insert=True)
    log("documents.store", document, by=by, record_type=document.record_type, record=str(row.pk))
    return document


@transaction.atomic
def remove_file(document: Document, *, by: Any | None) -> Document:
    """Take a file out of sight. It is kept, because what was once said with it stays said."""
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    if document.removed_at is None:
        document.removed_at = timezone.now()
        document.save(update_fields=["removed_at"])
        log("documents.remove", document, by=by)
    return document


def log_download(document: Document, *, by: Any | None, actor: ActorKind) -> None:
    """Write down that somebody takes a file."""
    Download.objects.create(
        company_id=document.company_id,
        customer_id=document.customer_id,
        document=document,
        actor_kind=actor,
        user=by,
    )


def sweep_files(company: Company, *, before: datetime) -> int:
    """Delete what lies in a company's folder, was written before that time and belongs to no row.

    That is what a process left that was killed between writing the file and committing the row.
    """
    storage = private_storage()
    swept = 0
    for folder in _folders(storage, f"{KEPT_BELOW}/{company.pk}"):
        _none, names = storage.listdir(folder)
        paths = [f"{folder}/{name}" for name in names]
        rows = Document.objects.filter(Q(file__in=paths) | Q(thumbnail__in=paths))
        known = {path for row in rows.values_list("file", "thumbnail") for path in row}
        for path in paths:
            if path not in known and storage.get_modified_time(path) < before:
                storage.delete(path)
                swept += 1
    return swept


def _folders(storage: Storage, top: str) -> list[str]:
    try:
        folders, _files = storage.listdir(top)
    except FileNotFoundError:
        return []
    return [f"{top}/{folder}" for folder in folders]


def _digest(content: File[bytes]) -> tuple[str, int]:
    """The SHA-256 and the number of bytes of what is kept."""
    digest = hashlib.sha256()
    size = 0
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return digest.hexdigest(), size


def _keep(document: Document, checked: CheckedFile) -> None:
    parts: list[tuple[FieldFile, File[bytes]]] = [(document.file, checked.content)]
    if checked.thumbnail is not None:
        parts.append((document.thumbnail, checked.thumbnail))
    for field, content in parts:
        try:
            field.save(document.pk.hex, content, save=False)
        except OSError:
            for kept, _content in parts:
                if kept.name and kept is not field:
                    kept.storage.delete(kept.name)
            raise NoRoom from None
        connection.on_rollback(_deletion(field))  # type: ignore[attr-defined]  # of core.pg


def _deletion(field: FieldFile) -> Callable[[], None]:
    storage, name = field.storage, str(field.name)

    def delete() -> None:
        storage.delete(name)

    return delete
