"""Words of billing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InvoiceState(models.TextChoices):
    """What the company did with it. Whether it is paid follows from its amounts: see `Standing`."""

    DRAFT = "draft", pgettext_lazy("invoice", "Draft")
    ISSUED = "issued", pgettext_lazy("invoice", "Issued")
    CANCELLED = "cancelled", pgettext_lazy("invoice", "Cancelled")


TRANSITIONS: dict[InvoiceState, tuple[InvoiceState, ...]] = {
    InvoiceState.DRAFT: (InvoiceState.ISSUED,),
    InvoiceState.ISSUED: (InvoiceState.CANCELLED,),
    InvoiceState.CANCELLED: (),
}


class Standing(models.TextChoices):
    """How an invoice stands on a day, in the customer's words."""

    DRAFT = "draft", pgettext_lazy("invoice", "Draft")
    PENDING = "pending", pgettext_lazy("invoice", "Pending")
    OVERDUE = "overdue", pgettext_lazy("invoice", "Overdue")
    PAID = "paid", pgettext_lazy("invoice", "Paid")
    CANCELLED = "cancelled", pgettext_lazy("invoice", "Cancelled")


class NoteKind(models.TextChoices):
    """The kind of a fiscal note."""

    NFE = "nfe", "NF-e"
    NFSE = "nfse", "NFS-e"
    DTE = "dte", "DTE"
    UBL = "ubl", "UBL"
    FACTURX = "facturx", "Factur-X"


class NoteState(models.TextChoices):
    """Does a fiscal note hold?"""

    AUTHORISED = "authorised", pgettext_lazy("fiscal note", "Valid")
    CANCELLED = "cancelled", pgettext_lazy("fiscal note", "Cancelled")


class CopyKind(models.TextChoices):
    """What a second copy is of."""

    INVOICE = "invoice", _("Invoice")
    SLIP = "slip", _("Boleto")
    NOTE = "note", _("Fiscal note")


class SlipState(models.TextChoices):
    """How a boleto stands at the bank."""

    REGISTERED = "registered", pgettext_lazy("boleto", "Registered")
    PAID = "paid", pgettext_lazy("boleto", "Paid")
    REPLACED = "replaced", pgettext_lazy("boleto", "Replaced by another")
    CANCELLED = "cancelled", pgettext_lazy("boleto", "Cancelled")


class Rounding(models.TextChoices):
    """How interest by the day is rounded: the banks' published examples differ."""

    EXACT_HALF_UP = "exact_half_up", _("Exact, half a cent goes up")
    EXACT_TRUNCATE = "exact_truncate", _("Exact, parts of a cent are dropped")
    DAILY_RATE_3DP = "daily_rate_3dp", _("Rate of a day rounded to three decimals")
    DAILY_RATE_4DP = "daily_rate_4dp", _("Rate of a day rounded to four decimals")
    DAILY_VALUE_2DP = "daily_value_2dp", _("Amount of a day rounded to two decimals")


class ReminderState(models.TextChoices):
    """What became of a reminder."""

    SENT = "sent", pgettext_lazy("reminder", "Sent")
    PAUSED = "paused", pgettext_lazy("reminder", "Not sent")


class Pause(models.TextChoices):
    """Why nobody is reminded of an invoice."""

    LAW = "law", _("The law says not to")
    PROMISE = "promise", _("Payment is promised")
    DISPUTE = "dispute", _("The customer disputes it")
    AGENCY = "agency", _("It is with a collection agency")
    DECLARED = "declared", _("The customer says that it is paid")


class SlipProvider(models.TextChoices):
    """Who registers boletos of a bank account."""

    NONE = "", _("Nobody: boletos are imported")
    DEMO = "demo", _("The demonstration's bank")
