"""What share links show of a conversation: what both sides said, and never the notes of the staff.

The files of a message stand beside it where documents are ticked, too.
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal_modules.core.parts import Shared, SharedPart

from .reading import thread_for_link


def _said(request: Any, shared: Shared) -> SafeString:
    entries = thread_for_link(shared.record_type, shared.record_id, shared.access)
    return render_to_string("conversations/shared_thread.html", {"entries": entries})


PARTS = (SharedPart("conversation", _("Messages"), _said, order=50),)
