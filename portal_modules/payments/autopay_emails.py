"""What is mailed about automatic payments: before one, before a card ends, and when they have ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal_modules.core.addresses import record_address, whole_address
from portal_modules.core.amounts import money_shown
from portal_modules.core.events import events
from portal_modules.notifications.actions import tell_customer
from portal_modules.notifications.mails import Button, Mail, Words, mails
from portal_modules.notifications.models import OutboxMessage

from .choices import AutopayRunState
from .events import AUTOPAY_ANNOUNCED, AUTOPAY_CARD_ENDS, AUTOPAY_ENDED
from .models import Autopay, AutopayRun


@events.receive(AUTOPAY_ANNOUNCED)
def tell_of_what_comes(company_id: int, customer_id: int, autopay_id: UUID, run_id: int) -> None:
    """Three days before."""
    run = AutopayRun.objects.select_related("autopay__customer__company", "invoice").get(pk=run_id)
    tell_customer(
        AUTOPAY_ANNOUNCED,
        customer=run.autopay.customer,
        payload={"run_id": run_id},
        record=run.invoice,
        once=f"autopay:{run_id}",
    )


@events.receive(AUTOPAY_ENDED)
def tell_of_the_end(company_id: int, customer_id: int, autopay_id: UUID) -> None:
    """With what there is to do."""
    autopay = Autopay.objects.select_related("customer__company").get(pk=autopay_id)
    tell_customer(
        AUTOPAY_ENDED,
        customer=autopay.customer,
        payload={"autopay_id": autopay_id},
        once=f"autopay-end:{autopay_id}",
    )


@events.receive(AUTOPAY_CARD_ENDS)
def warn_of_the_card(company_id: int, customer_id: int, autopay_id: UUID) -> None:
    """Once for each card."""
    autopay = Autopay.objects.select_related("customer__company").get(pk=autopay_id)
    tell_customer(
        AUTOPAY_CARD_ENDS,
        customer=autopay.customer,
        payload={"autopay_id": autopay_id},
        once=f"autopay-card:{autopay_id}:{autopay.method_ends}",
    )


def _words_of_announced(values: Mapping[str, Any]) -> Words:
    return Words(
        _("We will collect invoice %(number)s on %(day)s") % values,
        _("An invoice is about to be paid"),
        [_("As you have agreed, we collect it from the card that you keep. There is nothing to do.")],
    )


@mails.for_event(AUTOPAY_ANNOUNCED, _words_of_announced)
def announced(message: OutboxMessage) -> Mail | None:
    """What will be taken, when, and from where; nothing where it was paid meanwhile."""
    rows = AutopayRun.objects.select_related("autopay", "invoice")
    run = rows.filter(pk=message.payload["run_id"], state=AutopayRunState.ANNOUNCED).first()
    if run is None or run.invoice.open_now <= 0:
        return None
    values = {
        "number": run.invoice.number_shown,
        "amount": money_shown(run.invoice.open_now, run.invoice.currency),
        "day": date_format(run.next_try_on, "DATE_FORMAT"),
    }
    return _words_of_announced(values).mail(
        facts=[
            (_("Number"), values["number"]),
            (_("Amount"), values["amount"]),
            (_("Day"), values["day"]),
            (_("Card"), run.autopay.method_label),
        ],
        button=Button(_("See the invoice"), record_address(message.company, message.language, run.invoice)),
        reason=_reason(message),
        values=values,
    )


def _words_of_ended(values: Mapping[str, Any]) -> Words:
    return Words(
        _("Automatic payments are off"),
        _("Automatic payments are off"),
        [
            values["why"],
            _("You can keep another card and switch them on again whenever you like."),
        ],
    )


@mails.for_event(AUTOPAY_ENDED, _words_of_ended)
def ended(message: OutboxMessage) -> Mail | None:
    """Why, and how to go on."""
    autopay = Autopay.objects.filter(pk=message.payload["autopay_id"]).first()
    if autopay is None or autopay.is_on:
        return None
    if autopay.end == "declined":
        why = _("Your card was declined twice, so we do not try again. Please pay what is open by hand.")
    else:
        why = _("We have switched them off. Please pay what is open by hand.")
    values = {"why": why}
    return _words_of_ended(values).mail(
        facts=[(_("Card"), autopay.method_label)],
        button=Button(_("Payment methods"), _page(message)),
        reason=_reason(message),
        values=values,
    )


def _words_of_card(values: Mapping[str, Any]) -> Words:
    return Words(
        _("Your card ends soon"),
        _("Your card ends soon"),
        [
            _("The card of your automatic payments is good until %(day)s. Please keep another one before.")
            % values
        ],
    )


@mails.for_event(AUTOPAY_CARD_ENDS, _words_of_card)
def card_ends(message: OutboxMessage) -> Mail | None:
    """Until when it is good."""
    autopay = Autopay.objects.filter(pk=message.payload["autopay_id"], ended_at=None).first()
    if autopay is None or autopay.method_ends is None:
        return None
    values = {"day": date_format(autopay.method_ends, "DATE_FORMAT")}
    return _words_of_card(values).mail(
        facts=[(_("Card"), autopay.method_label)],
        button=Button(_("Payment methods"), _page(message)),
        reason=_reason(message),
        values=values,
    )


def _page(message: OutboxMessage) -> str:
    return whole_address(message.company, message.language, "payments:methods")


def _reason(message: OutboxMessage) -> str:
    return _("You get this mail because %(company)s has this address on file for you.") % {
        "company": message.company.name
    }
