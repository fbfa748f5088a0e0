"""Bank files that staff brought, and their lines."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal_modules.core.amounts import money_shown
from portal_modules.core.choices import Currency
from portal_modules.core.models import CompanyManager, CompanyOwned, Job
from portal_modules.core.models.jobs import private_storage
from portal_modules.customers.models import Customer

from ..choices import BankFormat, LineState
from ..querysets import BankLineQuerySet
from .columns import money
from .ledger import Payment


def path_of_file(file: Any, name: str) -> str:
    """Where a bank file lies: below its company, under a name that nobody chose."""
    return f"bank/{file.company_id}/{uuid.uuid4().hex}"


class BankFile(CompanyOwned):
    """One file of a bank, kept as it came. Its lines are taken in by a job."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("file"), max_length=140)
    format = models.CharField(_("format"), max_length=8, choices=BankFormat)
    bank = models.CharField(_("bank"), max_length=12, blank=True)
    account = models.CharField(_("account"), max_length=40, blank=True)
    # Of its content: the same file again is told.
    fingerprint = models.CharField(max_length=64)
    content = models.FileField(storage=private_storage, upload_to=path_of_file, max_length=120)
    line_count = models.PositiveIntegerField(_("lines"))
    # Lines that stood in it twice, came with another file, or say that nothing was paid.
    repeated = models.PositiveIntegerField(_("repeated lines"), default=0)
    known = models.PositiveIntegerField(_("lines that came before"), default=0)
    others = models.PositiveIntegerField(_("other messages"), default=0)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        verbose_name=_("brought by"),
        related_name="+",
    )
    created_at = models.DateTimeField(_("brought on"), auto_now_add=True)

    class Meta:
        verbose_name = _("bank file")
        verbose_name_plural = _("bank files")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="payments_bank_file_of_company"),
            models.UniqueConstraint(fields=["company", "fingerprint"], name="payments_one_bank_file_once"),
        ]
        # The register, newest first.
        indexes = [models.Index(fields=["company", "-created_at"], name="payments_newest_files")]

    def __str__(self) -> str:
        return self.name


class BankLine(CompanyOwned):
    """One movement of an account, what it may be for, and what staff made of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(
        BankFile, on_delete=models.PROTECT, verbose_name=_("bank file"), related_name="lines"
    )
    number = models.PositiveIntegerField(_("line"))
    posted_on = models.DateField(_("day"))
    # Below zero for money that went out.
    amount = money(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    # The bank's own, with its account: whichever file it comes with, a line is taken once.
    identifier = models.CharField(max_length=160)
    text = models.CharField(_("text of the bank"), max_length=300, blank=True)
    payer_name = models.CharField(_("paid by"), max_length=160, blank=True)
    payer_tax_id = models.CharField(_("tax id"), max_length=20, blank=True)
    txid = models.CharField(_("Pix reference"), max_length=40, blank=True)
    references = models.JSONField(_("references"), default=list)
    bank = models.CharField(_("bank"), max_length=12, blank=True)
    our_number = models.CharField(_("number at the bank"), max_length=30, blank=True)
    charges = money(_("fine and interest"), default=Decimal(0))
    state = models.CharField(_("state"), max_length=9, choices=LineState, default=LineState.OPEN)
    # Whom it is thought to be from, and as long as nobody decides: parts (invoice, instalment, amount) and reasons.
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, verbose_name=_("customer"), related_name="+"
    )
    proposal = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(_("how sure"), default=0)
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, verbose_name=_("payment"), related_name="bank_lines"
    )
    # How often a booking of it was undone: the next one is another.
    undone = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        verbose_name=_("decided by"),
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided on"), null=True)

    objects: ClassVar[Any] = CompanyManager(BankLineQuerySet)

    class Meta:
        verbose_name = _("line of the bank")
        verbose_name_plural = _("lines of the bank")
        ordering = ["-posted_on", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="payments_bank_line_of_company"),
            models.UniqueConstraint(fields=["company", "identifier"], name="payments_one_bank_line_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="payments_bank_line_moves_money"),
            models.CheckConstraint(
                condition=Q(state=LineState.BOOKED, payment__isnull=False, amount__gt=0)
                | ~Q(state=LineState.BOOKED) & Q(payment=None),
                name="payments_booked_line_has_payment",
            ),
            models.CheckConstraint(
                condition=~Q(state=LineState.IGNORED) | Q(reason__gt=""),
                name="payments_ignored_line_says_why",
            ),
        ]
        indexes = [
            # The page of a file: what waits first, the surest first.
            models.Index(fields=["file", "state", "-score", "number"], name="payments_lines_of_file"),
            # The desk, and the register of what waits.
            models.Index(
                fields=["company", "posted_on"],
                condition=Q(state=LineState.OPEN),
                name="payments_lines_waiting",
            ),
            # What a payment came with.
            models.Index(
                fields=["payment"], condition=Q(payment__isnull=False), name="payments_line_of_payment"
            ),
        ]

    def __str__(self) -> str:
        return f"{date_format(self.posted_on, 'SHORT_DATE_FORMAT')} · {self.amount_shown}"

    @property
    def amount_shown(self) -> str:
        """How much, with its currency."""
        return money_shown(self.amount, self.currency)

    @property
    def charges_shown(self) -> str:
        """What of it is fine and interest, with its currency."""
        return money_shown(self.charges, self.currency)

    @property
    def has_proposal(self) -> bool:
        """Is there something to confirm?"""
        return bool(self.proposal.get("parts"))
