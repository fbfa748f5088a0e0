"""What paying online adds to the pages of invoices."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from portal_modules.billing.models import Invoice
from portal_modules.core.beside import paid_parts, paying_parts
from portal_modules.core.records import PortalRecord

from . import audit as audit  # what has to be true of payments
from . import autopay_emails as autopay_emails  # it tells of automatic payments
from . import billing as billing  # what stands on the finance page
from . import invoice_parts as invoice_parts  # what paid an invoice, beside it
from . import statement_rows as statement_rows  # what was paid, day by day
from .paying import ways_of
from .switches import DECLARE
from .views.declaring import ACTING
from .views.paying import PAYING, pay_one_address


@paying_parts.add(10)
def pay_online(request: Any, record: PortalRecord) -> SafeString | None:
    """A button for each way where nobody is signed in, and one to the customer's own page where somebody is."""
    if not isinstance(record, Invoice) or record.open_now <= 0:
        return None
    access = request.access
    if access.is_customers and not access.customers_with(PAYING):
        return None
    if access.is_customers and not invoice_parts.beside(request, record).accounts:
        return None
    ways = ways_of(request.card, record.currency)
    if not ways:
        return None
    if access.is_customers:
        address = f"{reverse('payments:pay')}?invoice={record.pk}"
        return render_to_string("payments/pay_button.html", {"address": address}, request=request)
    context = {"address": pay_one_address(request.company.pk, record.pk), "ways": ways}
    return render_to_string("payments/pay_online.html", context, request=request)


@paid_parts.add(10)
def tell_of_payment(request: Any, record: PortalRecord) -> SafeString | None:
    """The way to "I have paid", with this invoice ticked. Who has no login is asked to sign in there."""
    access = request.access
    if not isinstance(record, Invoice) or record.open_now <= 0 or not request.card.is_on(DECLARE):
        return None
    if access.is_customers and not access.has_role(record.customer_id, *ACTING):
        return None
    address = f"{reverse('payments:declare')}?invoice={record.pk}"
    return render_to_string("payments/tell_of_payment.html", {"address": address}, request=request)
