"""Choosing for which of one's customers one looks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal_modules.core.access import Level
from portal_modules.core.looking import choose_customer
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther

from ..switching import customers_of


@requires(Level.REGISTERED)
@require_POST
def choose(request: Any) -> HttpResponse:
    """From now on this browser shows one customer, or with no name all of them; then to the home page.

    What stood there before may be another customer's.
    """
    named = request.POST.get("customer", "")
    if not named:
        choose_customer(request, request.company, None)
        if len(request.access.held) > 1:
            messages.success(request, _("You see all of your customers."))
        return SeeOther(reverse("my_home"))
    customers = customers_of(request.company, [grant.customer_id for grant in request.access.held])
    chosen = next((customer for customer in customers if customer.uuid == _uuid(named)), None)
    if chosen is None:
        raise Http404
    choose_customer(request, request.company, chosen.pk)
    messages.success(request, _("You see what is of %(customer)s.") % {"customer": chosen.name})
    return SeeOther(reverse("my_home"))


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
