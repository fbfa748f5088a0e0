"""Registers of customers and their people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.admin import display
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from portal_modules.core.admin import (
    BulkVerb,
    Catalogue,
    CompanyModelForm,
    OnlyFilter,
    Register,
    RegisterGroup,
    found_by,
)

from .actions import ask_for_access
from .finding import asked_for
from .models import Contact, Customer, CustomerGroup, HomeText, Membership, StaffProfile
from .page import ContactInspectView, CustomerInspectView
from .photos import portrait


class CustomerRegister(Register):
    """Whom the company works for, and from whom it buys."""

    model = Customer
    inspect_view_class = CustomerInspectView
    history_words: ClassVar[dict[str, Any]] = {
        "customers.archive": _("Archived"),
        "customers.restore": _("Taken back out of the archive"),
        "customers.add_site": _("Site added"),
        "customers.archive_site": _("Site put away"),
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
        "kind",
        "country",
        "tax_id_shown",
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

    def found(self, text: str) -> Q:
        """By an index: there may be a hundred thousand."""
        return found_by("customers_find", *asked_for(text))

    @display(description=_("tax id"), ordering="tax_id")
    def tax_id_shown(self, customer: Customer) -> str:
        """The tax id as it is written in its country."""
        return customer.tax_id_shown


def _why_not_in(contact: Any, _data: Mapping[str, Any]) -> Any:
    """What keeps somebody from being let in, as far as their card tells."""
    if contact.customer.archived_at:
        return _("The customer is archived.")
    if not contact.email:
        return _("Has no e-mail")
    return _("Has access already.") if getattr(contact, "is_inside", False) else None


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

    bulk_verbs = (
        BulkVerb(
            "let-in",
            _("Give access"),
            lambda contact, _data, by: ask_for_access(contact, by=by),
            why_not=_why_not_in,
            right="customers.access",
            related=("customer",),
            is_told=True,
        ),
    )

    def found(self, text: str) -> Q:
        """By an index: there may be more of them than customers."""
        return found_by("customers_find_contacts", *asked_for(text))

    def get_queryset(self, request: Any) -> QuerySet[Contact]:
        """With the customer of each, and whether the person has access."""
        current = Membership.objects.filter(Q(until=None) | Q(until__gt=Now()), contact=OuterRef("pk"))
        rows: QuerySet[Contact] = super().get_queryset(request).select_related("customer")
        return rows.annotate(is_inside=Exists(current))


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
    list_display = ("__str__", "title")
