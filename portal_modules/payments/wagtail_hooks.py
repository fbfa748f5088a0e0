"""Payments in the back office."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from .admin import (
    BankFileRegister,
    BankLineRegister,
    DeclaredRegister,
    DisputeRegister,
    PaymentRegister,
    PayoutRegister,
    policy,
    record,
)
from .admin.bank_pages import book, bring_file, look_again
from .admin.payouts import ask_now, balances, change_plan
from .admin.ways import try_way, way, ways

for register in (
    PaymentRegister,
    DeclaredRegister,
    DisputeRegister,
    BankFileRegister,
    BankLineRegister,
    PayoutRegister,
):
    modeladmin_register(register)


@hooks.register("register_admin_urls")
def payments_urls() -> list[Any]:
    """Pages beside the registers."""
    return [
        path("payments/record/", record, name="payments_record"),
        path("payments/policy/", policy, name="payments_policy"),
        path("payments/bank/bring/", bring_file, name="payments_bank_upload"),
        path("payments/bank/<uuid:pk>/again/", look_again, name="payments_bank_look_again"),
        path("payments/bank/line/<uuid:pk>/book/", book, name="payments_bank_book"),
        path("payments/ways/", ways, name="payments_ways"),
        path("payments/ways/new/<slug:kind>/", way, name="payments_new_way"),
        path("payments/ways/<uuid:pk>/", way, name="payments_way"),
        path("payments/ways/<uuid:pk>/try/", try_way, name="payments_try_way"),
        path("payments/balances/", balances, name="payments_balances"),
        path("payments/balances/ask/", ask_now, name="payments_ask_now"),
        path("payments/balances/<uuid:pk>/", change_plan, name="payments_change_plan"),
    ]


@hooks.register("insert_global_admin_css", order=1)
def payments_css() -> str:
    """The look of bank files."""
    return format_html('<link rel="stylesheet" href="{}">', static("balcao/admin-payments.css"))
