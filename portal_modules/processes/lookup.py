"""The quick lookup: a number opens one process, and nothing but where it stands."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core import looking
from portal_modules.core.access import Level
from portal_modules.core.choices import ChannelPurpose
from portal_modules.core.errors import too_many
from portal_modules.core.identity import throttle_identity
from portal_modules.core.models import Channel
from portal_modules.core.numbers import LookupNumberError, parse_lookup_number
from portal_modules.core.proof import requires
from portal_modules.core.scope import VISITOR, company_scope
from portal_modules.core.throttle import Limit, client_address

from . import opening
from .actions import send_lost_numbers
from .forms import LookupForm, LostNumberForm
from .models import Process
from .reading import read_process

logger = logging.getLogger(__name__)

FUNCTION = "processes.lookup"
LOST_BY_ADDRESS = Limit("processes.lost.address", attempts=10, seconds=60 * 10)
LOST_BY_EMAIL = Limit("processes.lost.email", attempts=3, seconds=60 * 60)


class SeeOther(HttpResponseRedirect):
    """303: the answer to a form stands at another address, and is fetched with GET."""

    status_code = 303


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: Any) -> HttpResponse:
    """The form for a number, and its answer."""
    if request.method == "POST":
        return _try(request)
    _only_where_on(request)
    return _form_page(request, LookupForm())


def _try(request: Any) -> HttpResponse:
    if seconds := opening.seconds_to_wait(request):
        return too_many(request, seconds=seconds)
    form = LookupForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    typed, proof = form.cleaned_data["number"], form.cleaned_data.get("proof")
    if opening.is_under_attack(request.company) and (page := _ask_for_patience(request, form)):
        return page
    found = opening.open_by_number(request.company, typed, proof)
    if not request.card.is_on(FUNCTION):
        found = opening.Found()
    if found.asks_for_proof:
        return _form_page(request, LookupForm(initial=form.cleaned_data, with_proof=True))
    if found.process is None:
        return _miss(request, form)
    logger.info("processes.opened_by_number company=%s process=%s", request.company.pk, found.process)
    if Process.objects.visible_to(request.access).filter(pk=found.process).values("pk").exists():
        return SeeOther(reverse("processes:detail", args=[found.process]))
    minutes = request.card.setting("processes.lookup_minutes")
    looking.grant_record(request, request.company, found.process, minutes=minutes)
    return SeeOther(reverse("processes:lookup_process"))


def _miss(request: Any, form: LookupForm) -> HttpResponse:
    if opening.count_miss(request, request.company) > opening.ADDRESS_MISSES.attempts:
        return too_many(request, seconds=opening.seconds_to_wait(request))
    if "proof" in form.fields:
        form.add_error(None, _("We find no business with this number and these four characters."))
    else:
        form.add_error("number", _sentence_about(form.cleaned_data["number"]))
    return _form_page(request, form, status=422)


def _sentence_about(typed: str) -> str:
    """What is wrong with its shape, which everybody can work out; else the one answer for all."""
    try:
        parse_lookup_number(typed)
    except LookupNumberError as error:
        return str(error.sentence)
    return _("We find no business with this number. Please compare it with what we sent you.")


def _ask_for_patience(request: Any, form: LookupForm) -> HttpResponse | None:
    """Have the form sent again a little later; None when it was."""
    shown = form.cleaned_data.get("shown", "")
    typed = form.cleaned_data["number"], form.cleaned_data.get("proof") or ""
    seconds = opening.seconds_since(shown, request, request.company, *typed)
    if seconds is not None and seconds >= opening.PATIENCE:
        return None
    if seconds is None:
        shown = opening.stamp(request, request.company, *typed)
    again = LookupForm({**request.POST.dict(), "shown": shown})
    again.is_valid()
    again.add_error(
        None, _("Many people are looking right now. Please wait two seconds and press the button again.")
    )
    return _form_page(request, again, status=422)


def _form_page(request: Any, form: LookupForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "lost_number_url": reverse("processes:lost_number"),
        "help_channels": _help(request),
    }
    return render(request, "processes/lookup.html", context, status=status)


@requires(Level.LOOKUP, otherwise="processes:lookup")
@require_safe
def lookup_process(request: Any) -> HttpResponse:
    """Where the process of the number stands."""
    _only_where_on(request)
    today = timezone.localdate()
    if request.access.is_lookup:
        process = read_process(request.access.records, today)
    else:
        # Signed in, and looking at the process of somebody else: no more than any visitor sees.
        records = looking.access_of_visitor(request.session, request.company).records
        with company_scope(request.company, VISITOR, records=records):
            process = read_process(records, today)
    if process is None:
        return HttpResponseRedirect(reverse("processes:lookup"))
    if not request.card.setting("processes.show_times"):
        process = replace(process, way=process.way.without_times())
    context = {"process": process, "close_url": reverse("processes:leave")}
    return render(request, "processes/lookup_process.html", context)


@requires(Level.ANONYMOUS)
@require_POST
def leave(request: Any) -> HttpResponse:
    """Close what the number had opened in this browser."""
    looking.forget_records(request, request.company)
    return SeeOther(reverse("processes:lookup"))


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
def lost_number(request: Any) -> HttpResponse:
    """Ask for the numbers of an address. The answer is the same for every address."""
    _only_where_on(request)
    form = LostNumberForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _lost_page(request, form, status=422 if form.is_bound else 200)
    address, email = client_address(request), form.cleaned_data["email"]
    if LOST_BY_ADDRESS.hit(address) > LOST_BY_ADDRESS.attempts:
        return too_many(request, seconds=LOST_BY_ADDRESS.wait(address))
    if LOST_BY_EMAIL.hit(request.company.pk, throttle_identity(email)) <= LOST_BY_EMAIL.attempts:
        with company_scope(request.company):
            send_lost_numbers(request.company, email, language=request.public_language)
    return SeeOther(reverse("processes:lost_number_done"))


def _lost_page(request: Any, form: LostNumberForm, status: int) -> HttpResponse:
    context = {"form": form, "lookup_url": reverse("processes:lookup")}
    return render(request, "processes/lost_number.html", context, status=status)


@requires(Level.ANONYMOUS)
@require_safe
def lost_number_done(request: Any) -> HttpResponse:
    """What happens now, for known and unknown addresses alike."""
    _only_where_on(request)
    context = {
        "lookup_url": reverse("processes:lookup"),
        "lost_number_url": reverse("processes:lost_number"),
    }
    return render(request, "processes/lost_number_done.html", context)


def _only_where_on(request: Any) -> None:
    if not request.card.is_on(FUNCTION):
        raise Http404


def _help(request: Any) -> list[Channel]:
    """Whom to ask: the channels for getting in, else those for anything."""
    channels: tuple[Channel, ...] = request.card.channels
    for purpose in (ChannelPurpose.ACCESS, ChannelPurpose.SUPPORT, ChannelPurpose.GENERAL):
        if found := [channel for channel in channels if channel.purpose == purpose]:
            return found
    return []
