"""The one page of a customer, and that of one of their people: what can be done, and all that there is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal_modules.core.admin import Verb, VerbForm, VerbInspectView
from portal_modules.core.customer_page import Panel, QuickLink, contact_panels_of, links_of, panels_of
from portal_modules.core.identity import normalize_email
from portal_modules.core.languages import LANGUAGE_CHOICES
from portal_modules.core.models import StaffMembership
from portal_modules.core.rights import may
from portal_modules.users.models import User

from .actions import (
    add_contact,
    add_site,
    archive_customer,
    archive_site,
    change_customer,
    restore_customer,
)
from .choices import CustomerRole
from .models import BuildingSite, Contact, Customer, CustomerGroup


class ContactForm(VerbForm):
    """A new person of this customer, and whether they get in at once."""

    name = forms.CharField(label=_("Name"), max_length=160)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    position = forms.CharField(label=_("Position"), max_length=80, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("As the customer")), *LANGUAGE_CHOICES], required=False
    )
    role = forms.ChoiceField(
        label=_("Role in the portal"),
        choices=[("", _("As it comes")), *CustomerRole.choices],
        required=False,
        help_text=_("Left open, the first of a customer owns the account, and whoever comes later may look."),
    )
    lets_in = forms.BooleanField(
        label=_("May enter"),
        required=False,
        initial=True,
        help_text=_("A mail goes out with a link to choose a password, and the address of the portal."),
    )

    def clean_email(self) -> str:
        """As addresses are compared, and once at this customer."""
        typed: str = self.cleaned_data["email"]
        if not typed:
            return ""
        email = normalize_email(typed)
        if Contact.objects.filter(customer=self.row, email=email).exists():
            raise ValidationError(_("This customer has a contact with this e-mail already."))
        return email

    def clean(self) -> dict[str, Any]:
        """Who is let in has an address."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("lets_in") and "email" in data and not data["email"]:
            self.add_error("email", _("Whoever is let in needs an e-mail: the link goes there."))
        return data


class CardForm(VerbForm):
    """What is changed every now and then."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("As the company")), *LANGUAGE_CHOICES], required=False
    )
    group = forms.ModelChoiceField(label=_("Group"), queryset=None, required=False)  # type: ignore[var-annotated]
    person_in_charge = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Person in charge"),
        queryset=None,
        required=False,
        help_text=_("Whom the customer sees on their home page, if this person is in the team."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.queryset = CustomerGroup.objects.all()
        person: Any = self.fields["person_in_charge"]
        person.queryset = User.objects.filter(pk__in=StaffMembership.objects.values("user")).order_by("name")
        for name in self.fields:
            self.initial[name] = getattr(self.row, name)


class SiteForm(VerbForm):
    """A place of this customer."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As the customer calls it, such as: the shop in Braga.")
    )


class PutAwaySiteForm(VerbForm):
    """Which place is over."""

    site = forms.ModelChoiceField(label=_("Site"), queryset=None)  # type: ignore[var-annotated]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["site"]
        field.queryset = BuildingSite.objects.active().filter(customer=self.row)


def _add(customer: Customer, data: dict[str, Any], by: Any) -> None:
    lets_in = data["lets_in"] and may(by, "customers.access")
    card = {name: data[name] for name in ("name", "email", "phone", "position", "language", "role")}
    add_contact(customer, by=by, lets_in=lets_in, **card)


def _change(customer: Customer, data: dict[str, Any], by: Any) -> None:
    change_customer(customer, by=by, **data)


def _archive(customer: Customer, data: dict[str, Any], by: Any) -> None:
    archive_customer(customer, by=by)


def _restore(customer: Customer, data: dict[str, Any], by: Any) -> None:
    restore_customer(customer, by=by)


def _add_site(customer: Customer, data: dict[str, Any], by: Any) -> None:
    add_site(customer, data["name"], by=by)


def _put_site_away(customer: Customer, data: dict[str, Any], by: Any) -> None:
    archive_site(data["site"], by=by)


def _has_sites(customer: Customer) -> bool:
    return bool(BuildingSite.objects.active().filter(customer=customer).exists())


def _is_active(customer: Customer) -> bool:
    return customer.archived_at is None


class CustomerInspectView(VerbInspectView):
    """All about one customer on one page."""

    verbs = (
        Verb("contact", _("Add a contact"), _add, _is_active, ContactForm, _("The contact is on file.")),
        Verb(
            "card", _("Language, group, person in charge"), _change, _is_active, CardForm, _("It is changed.")
        ),
        Verb("site", _("Add a site"), _add_site, _is_active, SiteForm, _("The site is on file.")),
        Verb(
            "site-away",
            _("Put a site away"),
            _put_site_away,
            _has_sites,
            PutAwaySiteForm,
            _("The site is put away. What was there stays."),
        ),
        Verb(
            "archive",
            _("Archive"),
            _archive,
            _is_active,
            done=_("The customer is archived. Nobody of theirs gets in until you take it back out."),
        ),
        Verb(
            "restore",
            _("Take back out of the archive"),
            _restore,
            lambda customer: not _is_active(customer),
            done=_("The customer is back. Whoever had access has it again."),
        ),
    )

    head_template = "customers/staff/head.html"

    def get_head(self) -> dict[str, Any]:
        """What can be begun for this customer."""
        links = links_of(self.request, self.instance) if _is_active(self.instance) else []
        if self.request.user.has_perm("core.change_company"):
            address = reverse("core_settings_of", args=["customer", self.instance.pk])
            links = [*links, QuickLink(_("Settings of this customer"), address, icon="cog")]
        return {"links": links}

    def _beside(self) -> SafeString:
        """The panels of all modules."""
        return _shown(panels_of(self.request, self.instance))


class ContactInspectView(VerbInspectView):
    """One person of a customer: their card, and whether they get in."""

    head_template = "customers/staff/contact_head.html"

    def _beside(self) -> SafeString:
        """The panels of all modules."""
        return _shown(contact_panels_of(self.request, self.instance))


def _shown(panels: list[Panel]) -> SafeString:
    return render_to_string("customers/staff/panels.html", {"panels": panels})
