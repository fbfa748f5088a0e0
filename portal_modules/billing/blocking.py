"""What is not handed out any more, and why: whoever reads the reason is told whom to ask."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .choices import InvoiceState, SlipState
from .models import BankSlip, Invoice, LateFeePolicy


def why_no_invoice(invoice: Invoice) -> str | Promise:
    """Why the invoice itself is not handed out; "" where it is."""
    if invoice.at_agency:
        return _("This invoice is with a collection agency. Please talk to us about how to pay it.")
    return ""


def why_no_slip(
    invoice: Invoice, slip: BankSlip | None, policy: LateFeePolicy | None, on: date
) -> str | Promise:
    """Why no boleto of an invoice is handed out on a day; "" where one is."""
    if reason := why_no_invoice(invoice):
        return reason
    if invoice.state == InvoiceState.CANCELLED:
        return _("This invoice was cancelled. There is nothing to pay.")
    if not invoice.open_now:
        return _("This invoice is paid. There is nothing to pay.")
    if policy is not None and invoice.days_late(on) > policy.blocks_after_days:
        return _("This invoice is overdue for too long for a boleto. Please talk to us about how to pay it.")
    if slip is None or slip.state != SlipState.REGISTERED:
        return _("The bank has no boleto for this invoice.")
    return ""
