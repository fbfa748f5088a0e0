"""Billing in the back office."""

from __future__ import annotations

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

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
        path("billing/collect/", collect, name="billing_collect"),
        path("billing/ageing/", ageing_report, name="billing_ageing"),
        path("billing/texts/", ready_texts, name="billing_texts"),
        path("billing/months/", months, name="billing_months"),
        path("billing/policy/", policy, name="billing_policy"),
        path("billing/paper/<uuid:pk>/", staff_paper, name="billing_staff_paper"),
        path("billing/take/", take_notes, name="billing_take_notes"),
    ]
