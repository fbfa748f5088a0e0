"""Registers of customers and their people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin import display
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from portal_modules.core.admin import Catalogue, CompanyModelForm, OnlyFilter, Register, RegisterGroup

from .models import Contact, Customer, CustomerGroup, HomeText, StaffProfile
from .page import ContactInspectView, CustomerInspectView
from .photos import portrait


class CustomerRegister(Register):
    """Whom the company works for, and from whom it buys."""

    model = Customer
    inspect_view_class = CustomerInspectView
    history_words: ClassVar[dict[str, Any]] = {
        "customers.archive": _("Archived"),
        "customers.restore": _("Taken back out of the archive"),
    }
    menu_label = _("Customers")
    menu_icon = "group"
    view_right = "customers.view"
    edit_right = "customers.edit"
    list_display = ["name", "tax_id_shown", "kind", "group", "created_at"]
    list_columns = ["country", "language", "person_in_charge", "is_customer", "is_supplier", "archived_at"]
    list_filter = ["kind", "is_customer", "is_supplier", "group", "person_in_charge", "country", "created_at"]
    list_group = ["kind", "group", "person_in_charge", "country"]
    list_select_related = ["group", "person_in_charge"]
    search_numbers = ("tax_id",)
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
        "person_in_charge",
        "created_at",
    ]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("group")]),
        MultiFieldPanel([FieldPanel("country"), FieldPanel("tax_id")], heading=_("Tax id")),
        FieldRowPanel([FieldPanel("is_customer"), FieldPanel("is_supplier")]),
        FieldRowPanel([FieldPanel("language"), FieldPanel("person_in_charge")]),
    ]

    @display(description=_("tax id"), ordering="tax_id")
    def tax_id_shown(self, customer: Customer) -> str:
        """The tax id as it is written in its country."""
        return customer.tax_id_shown


class ContactRegister(Register):
    """The people of customers."""

    model = Contact
    inspect_view_class = ContactInspectView
    history_words: ClassVar[dict[str, Any]] = {
        "accounts.invite": _("Invited"),
        "accounts.end_access": _("Access taken away"),
    }
    menu_label = _("Contacts")
    menu_icon = "user"
    view_right = "customers.view"
    edit_right = "customers.edit"
    list_display = ["name", "customer", "email", "phone", "position"]
    list_export = ["name", "customer", "email", "phone", "position", "language"]
    list_columns = ["role", "created_at"]
    list_filter = ["role", "language", "created_at", ("customer", OnlyFilter)]
    search_numbers = ("customer__tax_id",)
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


class GroupRegister(Register):
    """Groups of customers, which pages, programmes and settings may be meant for."""

    model = CustomerGroup
    menu_label = _("Groups of customers")
    menu_icon = "group"
    view_right = "customers.view"
    edit_right = "customers.edit"
    list_display = ["name"]
    list_export = ["name"]
    search_fields = ["name"]
    inspect_view_fields = ["name"]
    panels = [FieldPanel("name")]


class CustomersMenu(RegisterGroup):
    """Customers in the menu."""

    menu_label = _("Customers")
    menu_icon = "group"
    menu_order = 200
    items = (CustomerRegister, ContactRegister, GroupRegister)


class StaffProfileForm(CompanyModelForm):
    """A photo is drawn anew, and never kept as it was sent."""

    def clean_photo(self) -> Any:
        """The portrait of a new photo; what was there stays, and what was taken away is taken away."""
        photo = self.cleaned_data["photo"]
        return portrait(photo) if photo and "photo" in self.changed_data else photo


class TeamCatalogue(Catalogue):
    """Who customers see of the company."""

    model = StaffProfile
    base_form_class = StaffProfileForm
    icon = "user"
    menu_order = 202
    view_right = "customers.view"
    edit_right = "customers.present"
    translated = ("job_title",)
    common_panels = (
        FieldPanel("user"),
        FieldPanel("name"),
        FieldPanel("photo"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("whatsapp")]),
        FieldPanel("is_shown"),
    )
    list_display = ("name", "job_title", "phone", "is_shown")
    search_fields = ("name",)


class HomeTextCatalogue(Catalogue):
    """What the customer's home page says on top."""

    model = HomeText
    icon = "title"
    menu_order = 203
    view_right = "customers.view"
    edit_right = "customers.present"
    translated = ("title", "text")
    common_panels = (FieldPanel("state"),)
    list_display = ("state", "title")
