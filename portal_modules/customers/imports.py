"""Customers and their people from files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal_modules.core.importing.kinds import Column, ImportKind, Load, Part, imports
from portal_modules.core.models import Company

from .loading import Loading
from .reading import OF_CONTACT, OF_CUSTOMER, keys_of

_KEYS = (
    Column(
        "tax_id",
        _("Tax id"),
        (
            *("nif", "nipc", "cif", "dni", "cpf", "cnpj", "cpf cnpj", "cnpj cpf", "rut", "vat", "tax number"),
            *(
                "numero de contribuinte",
                "contribuinte",
                "identificacao fiscal",
                "identificacion fiscal",
                "documento",
            ),
            *("nit", "tax id", "id fiscal"),
        ),
        ("501964843", "123456789", "501964843"),
        _("In any way of writing it. A customer that has it already is changed, not made again."),
    ),
    Column(
        "reference",
        _("Own number"),
        (
            *("codigo", "code", "customer code", "codigo do cliente", "codigo cliente", "codigo de cliente"),
            *("numero do cliente", "numero de cliente", "customer number", "id", "referencia", "reference"),
            *("numero proprio", "own number", "id externo", "external id"),
        ),
        ("C-001", "C-002", "C-001"),
        _("Its number in another program, by which it is found, too."),
    ),
    Column(
        "country",
        _("Country of the tax id"),
        ("pais", "country", "pais do nif", "pais del rut"),
        ("PT", "PT", "PT"),
        _("BR, PT, ES or CL. Left out, it is your company's."),
    ),
)
_OF_CUSTOMER = (
    Column(
        "name",
        _("Name of the customer"),
        (
            *("nome", "nombre", "name", "customer", "cliente", "nome do cliente", "nombre del cliente"),
            *("razao social", "razon social", "company name", "customer name", "empresa", "denominacao"),
        ),
        ("Padaria Central, Lda.", "Ana Sousa", "Padaria Central, Lda."),
    ),
    Column(
        "kind",
        _("Person or organisation"),
        ("tipo de pessoa", "tipo de persona", "pessoa", "persona", "kind", "natureza"),
        (_("Organisation"), _("Person"), _("Organisation")),
        _("Left out, the tax id tells."),
    ),
    Column(
        "type",
        _("Customer or supplier"),
        ("tipo", "type", "relacao", "relacion"),
        (_("Customer"), _("Customer"), _("Customer")),
        _("customer, supplier or both."),
    ),
    Column(
        "group",
        _("Group"),
        ("grupo", "group", "segmento", "segment"),
        (_("Bakeries"), "", _("Bakeries")),
        _("Its name. A group that is not there yet is made."),
    ),
    Column(
        "language",
        _("Language"),
        ("idioma", "language", "lingua"),
        ("pt", "es", "pt"),
        _("pt, es or en."),
    ),
)
_OF_CONTACT = (
    Column(
        "contact_name",
        _("Name of the contact"),
        (
            *("contacto", "contato", "contact", "nome do contacto", "nome do contato", "nombre del contacto"),
            *("contact name", "responsavel", "responsable", "pessoa de contacto", "persona de contacto"),
        ),
        ("Rui Costa", "", "Inês Prado"),
    ),
    Column(
        "contact_email",
        _("E-mail"),
        ("email", "e mail", "correo", "correo electronico", "mail", "contact email", "email do contacto"),
        ("rui@padaria.example", "ana@example.com", "ines@padaria.example"),
        _("Whoever has it can register with it."),
    ),
    Column(
        "contact_phone",
        _("Phone"),
        ("telefone", "telefono", "phone", "telemovel", "celular", "movil", "tel", "fone"),
        ("+351 210 000 001", "+351 910 000 002", ""),
        _("In any way of writing it, best with the code of the country."),
    ),
    Column(
        "contact_position",
        _("Position"),
        ("cargo", "position", "funcao", "funcion", "job title", "puesto"),
        (pgettext_lazy("somebody's job", "Manager"), "", pgettext_lazy("somebody's job", "Accountant")),
        _("What this person does there, in free words."),
    ),
    Column(
        "contact_language",
        _("Language of the contact"),
        ("idioma do contacto",),
        ("", "es", ""),
        _("pt, es or en."),
    ),
    Column(
        "contact_role",
        _("Role in the portal"),
        ("papel", "rol", "role", "papel no portal"),
        (_("Owner"), _("Owner"), _("Finance")),
        _("owner, finance, operations or viewer."),
    ),
)


class _OfCustomers(ImportKind):
    right = "customers.edit"
    icon = "group"
    register = "customers_customer_modeladmin_index"
    makes_customers = True

    def parts(self, company: Company, values: Mapping[str, str]) -> list[Part | None]:
        """The customer, by both of its numbers, and the person there (`loading.PARTS_OF_…`)."""
        keys = keys_of(company, values)
        email, name = values.get("contact_email", "").lower(), values.get("contact_name", "").casefold()
        person = email or name
        of_customer, of_person = _said(values, OF_CUSTOMER), _said(values, OF_CONTACT)
        return [
            *((key, of_customer) if key and self.makes_customers else None for key in keys),
            *((f"{key}/{person}", of_person) if key and person else None for key in keys),
        ]

    def load(self, load: Load) -> None:
        """Find, compare, and write."""
        Loading(load, makes_customers=self.makes_customers).run()


def _said(values: Mapping[str, str], names: Any) -> tuple[str, ...]:
    return tuple([values.get(name, "") for name in names])


@imports.kind
class CustomersFromFile(_OfCustomers):
    """A line is a customer, with one person there if the line names one."""

    name = "customers"
    label = _("Customers and their contacts")
    summary = _("A line is a customer, and may name one contact. More contacts of it stand on more lines.")
    columns = (*_KEYS, *_OF_CUSTOMER, *_OF_CONTACT)
    needs = (frozenset({"tax_id", "reference"}),)
    needs_for_new = (frozenset({"name"}),)


@imports.kind
class ContactsFromFile(_OfCustomers):
    """A line is a person of a customer that is there."""

    name = "contacts"
    label = _("Contacts")
    summary = _("A line is a person of a customer that you have already.")
    icon = "user"
    columns = (*_KEYS, *_OF_CONTACT)
    needs = (frozenset({"tax_id", "reference"}), frozenset({"contact_name", "contact_email"}))
    register = "customers_contact_modeladmin_index"
    makes_customers = False
