"""A customer's access code in the back office: made, mailed, replaced, taken back; seen by nobody."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal_modules.core.admin.verbs import log_as_wagtail_does
from portal_modules.core.exceptions import Refusal
from portal_modules.core.identity import normalize_email
from portal_modules.core.inputs import DayInput
from portal_modules.core.rights import may
from portal_modules.customers.models import Contact, Customer
from portal_modules.notifications.models import OutboxMessage

from .actions import end_access_code, make_access_code, send_access_code
from .events import ACCESS_CODE_SENT
from .models import AccessCode

RIGHT: Final = "accounts.access_codes"
MOST_ADDRESSES: Final = 10
_USUAL: Final = timedelta(days=365)
_LONGEST: Final = timedelta(days=2 * 365)


class AddressesForm(forms.Form):
    """Who gets the mail, one address a line."""

    emails = forms.CharField(
        label=gettext_lazy("Send it to"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One address a line, at most ten. Each gets a mail of its own."),
    )

    def clean_emails(self) -> list[str]:
        """Each as it is stored, none twice."""
        typed = self.cleaned_data["emails"].replace(",", "\n").replace(";", "\n").split("\n")
        found: list[str] = []
        for text in filter(None, (each.strip() for each in typed)):
            email = normalize_email(text)
            forms.EmailField(max_length=254).clean(email)
            if email not in found:
                found.append(email)
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(_("Ten addresses at most."))
        return found


class NewCodeForm(AddressesForm):
    """A code's addresses, and its last day."""

    until = forms.DateField(
        label=gettext_lazy("Good until"),
        widget=DayInput(),
        help_text=gettext_lazy("The last day on which it opens: two years from now at most."),
    )
    field_order = ("until", "emails")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("until", (today + _USUAL).isoformat())

    def clean_until(self) -> datetime:
        """The end of that day, where the company is."""
        day: date = self.cleaned_data["until"]
        if not self.today <= day <= self.today + _LONGEST:
            raise ValidationError(_("Choose a day from today to two years from now."))
        return timezone.make_aware(datetime.combine(day, time.max))


@require_http_methods(["GET", "HEAD", "POST"])
def access_code(request: Any, pk: int) -> HttpResponse:
    """The code of one customer: what became of it, and what can be done."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    customer = get_object_or_404(Customer.objects.select_related("company"), pk=pk)
    code = current_code(customer)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    new, more = _forms(request, customer, verb)
    if request.method != "POST":
        return _page(request, customer, code, new, more)
    try:
        done = _do(request, customer, code, verb, new, more)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts_access_code", customer.pk)
    return (
        redirect("accounts_access_code", customer.pk) if done else _page(request, customer, code, new, more)
    )


def current_code(customer: Customer) -> AccessCode | None:
    """The code that a customer has, also when its time is over."""
    rows = AccessCode.objects.current().select_related("made_by").filter(customer=customer)
    found: AccessCode | None = rows.first()
    return found


def _forms(request: Any, customer: Customer, verb: str) -> tuple[NewCodeForm, AddressesForm]:
    contacts = Contact.objects.filter(customer=customer, may_enter=True).exclude(email="").order_by("pk")
    initial = {"emails": "\n".join(contacts.values_list("email", flat=True)[:MOST_ADDRESSES])}
    new = NewCodeForm(request.POST if verb == "make" else None, today=timezone.localdate(), initial=initial)
    return new, AddressesForm(request.POST if verb == "send" else None, prefix="more")


def _do(
    request: Any,
    customer: Customer,
    code: AccessCode | None,
    verb: str,
    new: NewCodeForm,
    more: AddressesForm,
) -> bool:
    """Do what the button says; False where the form has to be looked at again."""
    if verb == "make":
        if not new.is_valid():
            return False
        emails = new.cleaned_data["emails"]
        make_access_code(customer, emails=emails, expires_at=new.cleaned_data["until"], by=request.user)
        log_as_wagtail_does(customer, "make-code", gettext_lazy("Access code made"), request.user)
        said = _("The access code is made, and a mail with it is on its way to: %(addresses)s.")
        messages.success(request, said % {"addresses": ", ".join(emails)})
        return True
    if code is None:
        raise Http404
    if verb == "send":
        if not more.is_valid():
            return False
        emails = more.cleaned_data["emails"]
        send_access_code(code, emails=emails, by=request.user)
        log_as_wagtail_does(customer, "send-code", gettext_lazy("Access code mailed"), request.user)
        said = _("A mail with the access code is on its way to: %(addresses)s.")
        messages.success(request, said % {"addresses": ", ".join(emails)})
        return True
    if verb == "end":
        end_access_code(code, by=request.user)
        log_as_wagtail_does(customer, "end-code", gettext_lazy("Access code taken back"), request.user)
        messages.success(
            request, _("The access code opens nothing any more, and whoever was in by it is out.")
        )
        return True
    raise Http404


def _page(
    request: Any, customer: Customer, code: AccessCode | None, new: NewCodeForm, more: AddressesForm
) -> HttpResponse:
    sent = OutboxMessage.objects.filter(event=ACCESS_CODE_SENT, payload__access_code_id=str(code and code.pk))
    context = {
        "customer": customer,
        "code": code,
        "is_good": code is not None and code.is_good(timezone.now()),
        "mails": list(sent.order_by("-created_at")[:50]) if code else [],
        "new": new,
        "more": more,
    }
    status = 422 if new.errors or more.errors else 200
    return render(request, "accounts/staff/access_code.html", context, status=status)
