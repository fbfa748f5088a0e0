"""Fiscal notes: the documents of the tax office, kept as they came."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pghistory
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal_modules.core.amounts import money_shown
from portal_modules.core.choices import Currency
from portal_modules.core.identity import normalize_email
from portal_modules.core.models import CompanyManager
from portal_modules.customers.models import Customer, CustomerOwned, CustomerRecord

from ..choices import NoteKind, NoteState
from ..querysets import NoteQuerySet
from .invoices import Invoice, money


def private_storage() -> Storage:
    """The storage of private files, which has no address."""
    return storages["private"]


def xml_path(note: FiscalDocument, filename: str) -> str:
    """A name made here: nothing of what was uploaded reaches the file system."""
    return f"billing/{note.company_id}/{note.pk.hex[:2]}/{note.pk.hex}.xml"


def pdf_path(note: FiscalDocument, filename: str) -> str:
    """Beside the XML."""
    return f"billing/{note.company_id}/{note.pk.hex[:2]}/{note.pk.hex}.pdf"


@pghistory.track()
class FiscalDocument(CustomerRecord):
    """One fiscal note of a customer, with its file as it came. The same key twice is one note."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="fiscal_documents"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=NoteKind)
    # What tells it from all others: the access key where its country has one, else issuer, type and number.
    key = models.CharField(_("access key"), max_length=80)
    number = models.CharField(_("number"), max_length=40)
    series = models.CharField(_("series"), max_length=20, blank=True)
    issued_on = models.DateField(_("issued on"))
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    issuer_tax_id = models.CharField(_("tax id of the issuer"), max_length=20, blank=True)
    recipient_tax_id = models.CharField(_("tax id of the recipient"), max_length=20, blank=True)
    operation = models.CharField(_("operation"), max_length=200, blank=True)
    cfop = models.CharField(_("CFOP"), max_length=20, blank=True)
    amount = money(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    state = models.CharField(_("state"), max_length=10, choices=NoteState, default=NoteState.AUTHORISED)
    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("invoice"),
        related_name="fiscal_documents",
    )
    xml = models.FileField(
        _("XML"), storage=private_storage, upload_to=xml_path, max_length=120, blank=True, editable=False
    )
    pdf = models.FileField(
        _("PDF"), storage=private_storage, upload_to=pdf_path, max_length=120, blank=True, editable=False
    )
    xml_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("taken in on"), auto_now_add=True)

    record_icon = "invoice"

    objects: ClassVar[Any] = CompanyManager(NoteQuerySet)

    class Meta:
        verbose_name = _("fiscal note")
        verbose_name_plural = _("fiscal notes")
        ordering = ["-issued_on", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "customer", "id"], name="billing_note_of_customer"),
            models.UniqueConstraint(fields=["company", "id"], name="billing_note_of_company"),
            models.UniqueConstraint(
                fields=["company", "key"],
                name="billing_one_note_per_key",
                violation_error_message=_("There is a fiscal note with this key already."),
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="billing_note_not_below_zero"),
        ]
        indexes = [
            # The register, newest first.
            models.Index(fields=["company", "-issued_on", "-number"], name="billing_notes_newest"),
            # The customer's list.
            models.Index(fields=["customer", "-issued_on", "-number"], name="billing_notes_of"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def amount_shown(self) -> str:
        """Its value, with its currency."""
        return money_shown(self.amount, self.currency)

    @property
    def number_of_series(self) -> str:
        """Number and series."""
        return f"{self.number}/{self.series}" if self.series else self.number

    @property
    def key_shown(self) -> str:
        """The key in groups of four, as people read it out."""
        return " ".join(self.key[start : start + 4] for start in range(0, len(self.key), 4))

    def record_title(self) -> str:
        """Its kind and number."""
        return str(self)

    def record_number(self) -> str:
        """Its number, with the series."""
        return self.number_of_series

    def record_state(self) -> str:
        """Whether it holds."""
        return str(NoteState(self.state).label)

    def record_date(self) -> date:
        """When it was issued."""
        return self.issued_on

    def record_amount(self) -> tuple[Decimal, str]:
        """Its value."""
        return self.amount, self.currency

    def record_url(self) -> str:
        """Its page in the customer's area."""
        return reverse("billing:note", args=[self.pk])


class FiscalAddress(CustomerOwned):
    """An e-mail address that is told of a customer's fiscal notes. Its owner need not be a contact."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="fiscal_addresses"
    )
    email = models.EmailField(_("e-mail"), max_length=254)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("address for fiscal notes")
        verbose_name_plural = _("addresses for fiscal notes")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "email"],
                name="billing_one_address_once",
                violation_error_message=_("This address is there already."),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        """The address is kept as it is compared."""
        if self.email:
            self.email = normalize_email(self.email)
