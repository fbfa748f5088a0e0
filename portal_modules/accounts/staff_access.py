"""The switch "May enter" of a contact, and its invitation once more: buttons that other pages show."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal_modules.core.admin.verbs import log_as_wagtail_does
from portal_modules.core.exceptions import Refusal
from portal_modules.core.redirects import safe_next
from portal_modules.core.rights import may
from portal_modules.customers.models import Contact

from .actions import current_access, invite_contact, send_way_back, take_access_away

RIGHT = "customers.access"


@require_POST
def contact_access(request: Any, pk: int, verb: str) -> HttpResponse:
    """Let somebody in, send the link or a way back in once more, or take the access away."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    contact = get_object_or_404(Contact.objects.select_related("customer"), pk=pk)
    words = {"name": contact.name, "address": contact.email}
    try:
        match verb:
            case "again" if current_access(contact).exists():
                words["address"] = send_way_back(contact, by=request.user)
                log_as_wagtail_does(contact, "way-back", gettext_lazy("Way back in sent"), request.user)
                said = _("%(name)s gets the address of the portal and a link, mailed to %(address)s.") % words
            case "let-in" | "again":
                invite_contact(contact, by=request.user)
                log_as_wagtail_does(contact, "let-in", gettext_lazy("Let in"), request.user)
                said = _("%(name)s is invited: a mail with a link is on its way to %(address)s.") % words
            case "take-away":
                take_access_away(contact, by=request.user)
                log_as_wagtail_does(contact, "take-away", gettext_lazy("Access taken away"), request.user)
                said = _("%(name)s has no access any more, from this moment.") % words
            case _other:
                raise Http404
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    home = reverse("customers_customer_modeladmin_inspect", args=[contact.customer_id])
    wanted = safe_next(
        request.POST.get("next"), prefix="/admin/", hosts={request.get_host()}, default=f"{home}#access"
    )
    return HttpResponseRedirect(wanted)
