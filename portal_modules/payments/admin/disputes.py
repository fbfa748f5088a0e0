"""Payments that their payers deny at a provider."""

from __future__ import annotations

from django.contrib.admin import display
from django.utils.translation import gettext_lazy as _

from portal_modules.core.admin import OnlyFilter, Register

from ..models import Dispute


class DisputeRegister(Register):
    """Disputes. They are answered at the provider, and closed by what it says."""

    can_create = can_edit = False
    model = Dispute
    menu_icon = "warning"
    menu_order = 234
    view_right = "payments.view"
    edit_right = "payments.edit"
    list_display = ["provider_dispute", "customer", "amount_shown", "answer_by", "state"]
    list_export = ["provider_dispute", "payment", "customer", "amount", "currency", "reason", "state"]
    list_filter = ["state", "opened_at", ("customer", OnlyFilter)]
    list_group = ["state"]
    list_tones = {"state": {"open": "waiting", "won": "done", "lost": "off"}}
    search_fields = ["provider_dispute", "customer__name", "payment__number"]
    list_select_related = ["customer", "payment"]
    empty_words = _("When a payer denies a payment at a provider, it stands here.")
    inspect_view_fields = [
        "provider_dispute",
        "payment",
        "customer",
        "amount_shown",
        "reason",
        "answer_by",
        "state",
        "opened_at",
        "closed_at",
    ]

    @display(description=_("amount"), ordering="amount")
    def amount_shown(self, dispute: Dispute) -> str:
        """With its currency."""
        return dispute.amount_shown
