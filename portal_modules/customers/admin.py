"""Registers of customers and their people."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from portal_modules.core.admin import Register, RegisterGroup

from .models import Contact, Customer


class CustomerRegister(Register):
    """Whom the company works for, and from whom it buys."""

    model = Customer
    menu_label = _("Customers")
    menu_icon = "group"
    view_right = "customers.view"
    edit_right = "customers.edit"
    list_display = ["name", "tax_id_shown", "kind", "group", "created_at"]
    list_filter = ["kind", "is_supplier", "group"]
    list_export = ["name", "tax_id_shown", "kind", "country", "group", "created_at"]
    search_fields = ["name", "tax_id", "contacts__name", "contacts__email", "contacts__phone"]
    inspect_view_fields = [
        "name",
        "kind",
        "country",
        "tax_id_shown",
        "is_customer",
        "is_supplier",
        "language",
        "group",
        "created_at",
    ]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("group")]),
        MultiFieldPanel([FieldPanel("country"), FieldPanel("tax_id")], heading=_("Tax id")),
        FieldRowPanel([FieldPanel("is_customer"), FieldPanel("is_supplier")]),
        FieldPanel("language"),
    ]

    @display(description=_("tax id"), ordering="tax_id")
    def tax_id_shown(self, customer: Customer) -> str:
        """The tax id as it is written in its country."""
        return customer.tax_id_shown


class ContactRegister(Register):
    """The people of customers."""

    model = Contact
    menu_label = _("Contacts")
    menu_icon = "user"
    view_right = "customers.view"
    edit_right = "customers.edit"
    list_display = ["name", "customer", "email", "phone", "position"]
    list_export = ["name", "customer", "email", "phone", "position", "language"]
    search_fields = ["name", "email", "phone", "customer__name"]
    list_select_related = ["customer"]
    inspect_view_fields = ["name", "customer", "email", "phone", "position", "language", "role", "created_at"]
    panels = [
        FieldPanel("customer"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
        FieldRowPanel([FieldPanel("position"), FieldPanel("language")]),
        FieldPanel("role"),
    ]

    def get_queryset(self, request: Any) -> QuerySet[Contact]:
        """With the customer of each."""
        found: QuerySet[Contact] = super().get_queryset(request).select_related("customer")
        return found


class CustomersMenu(RegisterGroup):
    """Customers in the menu."""

    menu_label = _("Customers")
    menu_icon = "group"
    menu_order = 200
    items = (CustomerRegister, ContactRegister)
