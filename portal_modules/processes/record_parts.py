"""What share links show of processes and reviews: where they stand, and the office's notices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal_modules.core.companies import card_in_scope
from portal_modules.core.parts import FACTS, Shared, SharedPart

from .models import Process, ReviewRequest
from .reading import ShownProcess, read_shared_process

PROCESS = frozenset({Process.record_type()})


def _process(shared: Shared) -> ShownProcess | None:
    has_notices = "notices" in shared.access.parts
    found = read_shared_process(shared.record_id, timezone.localdate(), with_notices=has_notices)
    if found is not None and not card_in_scope().setting("processes.show_times"):
        found = replace(found, way=found.way.without_times())
    return found


def _where_it_stands(request: Any, shared: Shared) -> SafeString:
    process = _process(shared)
    return render_to_string("processes/shared_facts.html", {"process": process}) if process else SafeString()


def _notices(request: Any, shared: Shared) -> SafeString:
    process = _process(shared)
    if process is None:
        return SafeString()
    return render_to_string("processes/notices.html", {"notices": process.notices})


def _review(request: Any, shared: Shared) -> SafeString:
    # The walls give a visitor these columns alone.
    rows = ReviewRequest.objects.only(
        "number", "subject", "description", "state", "answer", "asked_at", "closed_at"
    )
    review = rows.filter(pk=shared.record_id).first()
    return render_to_string("processes/shared_review.html", {"review": review}) if review else SafeString()


PARTS = (
    SharedPart(FACTS, _("Where it stands"), _where_it_stands, PROCESS, order=10),
    SharedPart("notices", _("Notices"), _notices, PROCESS, order=20),
    SharedPart(
        FACTS,
        _("What was asked, and the answer"),
        _review,
        frozenset({ReviewRequest.record_type()}),
        order=10,
    ),
)
