"""Second copies in the back office: what was mailed to whom, why, and how long it took."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, Subquery
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal_modules.core.admin import OnlyFilter, Register
from portal_modules.notifications.models import OutboxMessage

from ..models import SecondCopy


class CopyRegister(Register):
    """What customers had mailed. It is only read."""

    model = SecondCopy
    can_create = can_edit = False
    menu_icon = "mail"
    menu_order = 226
    view_right = "billing.view"
    edit_right = "billing.edit"
    list_display = ["kind", "customer", "address", "asked_at", "took_shown"]
    list_columns = ["invoice", "note", "is_on_file", "name", "reason", "asked_by_name"]
    list_export = ["kind", "customer", "address", "name", "reason", "asked_at", "asked_by_name"]
    list_filter = ["kind", "is_on_file", "asked_at", ("customer", OnlyFilter)]
    list_group = ["kind"]
    search_fields = ["address", "customer__name", "name"]
    list_select_related = ["customer"]
    list_related_if_shown = ["invoice", "note"]
    empty_words = _("Here stands what customers had mailed: to whom, why, and how long it took.")
    inspect_view_fields = [
        "kind",
        "customer",
        "invoice",
        "note",
        "pays_on",
        "address",
        "is_on_file",
        "name",
        "reason",
        "asked_by_name",
        "asked_at",
    ]

    def get_queryset(self, request: Any) -> Any:
        """With the time from the wish to the mail server."""
        sent = OutboxMessage.objects.filter(pk=OuterRef("message_id")).values("sent_at")[:1]
        took = ExpressionWrapper(Subquery(sent) - F("asked_at"), output_field=DurationField())
        return super().get_queryset(request).annotate(took=took)

    @display(description=_("left after"))
    def took_shown(self, copy: SecondCopy) -> str:
        """In seconds, or that it has not left yet."""
        took = getattr(copy, "took", None)
        if took is None:
            return gettext("not yet")
        seconds = max(0, round(took.total_seconds()))
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
