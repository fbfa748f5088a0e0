"""Which files a page shows: kept beside it, because whoever may read the page may open them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cms.models import CompanyDocument, ShownFile


def note_shown_files(page: Any) -> None:
    """Remember which files a page shows, by its own columns: what is published, or a first draft."""
    shown = set(_files_in(page))
    there = ShownFile.objects.filter(page_id=page.pk)
    known = set(there.values_list("document_id", flat=True))
    if gone := known - shown:
        there.filter(document_id__in=gone).delete()
    if new := shown - known:
        documents = CompanyDocument.objects.filter(pk__in=new).values_list("pk", flat=True)
        ShownFile.objects.bulk_create([ShownFile(page_id=page.pk, document_id=pk) for pk in documents])


def _files_in(page: Any) -> Iterator[int]:
    for field in page._meta.get_fields():
        if not hasattr(field, "extract_references"):
            continue
        for model, pk, _model_path, _content_path in field.extract_references(field.value_from_object(page)):
            if issubclass(model, CompanyDocument):
                yield int(pk)
