"""Billing in the back office."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from portal_modules.core.rights import may

from .admin import (
    BankAccountRegister,
    CopyRegister,
    FiscalAddressRegister,
    InvoiceRegister,
    NoteRegister,
    ReadyTextCatalogue,
    ReminderStepCatalogue,
    SlipRegister,
)
from .admin.closing import months, policy
from .admin.collecting import ageing_report, collect, ready_texts
from .admin.crediting import new_credit
from .admin.drafting import edit_draft, new_draft
from .admin.papers import staff_paper
from .admin.taking import take_notes

modeladmin_register(InvoiceRegister)
modeladmin_register(NoteRegister)
modeladmin_register(SlipRegister)
modeladmin_register(BankAccountRegister)
modeladmin_register(FiscalAddressRegister)
modeladmin_register(CopyRegister)
register_snippet(ReminderStepCatalogue)
register_snippet(ReadyTextCatalogue)


@hooks.register("register_admin_urls")
def billing_urls() -> list[Any]:
    """Pages beside the registers."""
    return [
        path("billing/new/", new_draft, name="billing_new_draft"),
        path("billing/draft/<uuid:pk>/", edit_draft, name="billing_edit_draft"),
        path("billing/credit/<int:pk>/", new_credit, name="billing_new_credit"),
        path("billing/collect/", collect, name="billing_collect"),
        path("billing/ageing/", ageing_report, name="billing_ageing"),
        path("billing/texts/", ready_texts, name="billing_texts"),
        path("billing/months/", months, name="billing_months"),
        path("billing/policy/", policy, name="billing_policy"),
        path("billing/paper/<uuid:pk>/", staff_paper, name="billing_staff_paper"),
        path("billing/take/", take_notes, name="billing_take_notes"),
    ]


class PolicyMenuItem(MenuItem):
    """Shown to whoever sets up billing."""

    def is_shown(self, request: Any) -> bool:
        """Is there a company that has billing, and is it theirs to set up?"""
        card = getattr(request, "card", None)
        return card is not None and "billing" in card.modules and may(request.user, "billing.configure")


@hooks.register("register_settings_menu_item")
def late_payment_menu_item() -> MenuItem:
    """Fine, interest and what is blocked; the reminders stand beside it as catalogues."""
    return PolicyMenuItem(_("Late payment"), reverse("billing_policy"), icon_name="cog", order=228)
