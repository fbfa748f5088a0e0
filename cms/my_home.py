"""The customer's home: the answer first, then what needs doing, then the ways into what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.news.models import newest_news
from portal_modules.core.access import Level
from portal_modules.core.home import CountedCard, Home, Urgency, counted_cards, home_of
from portal_modules.core.proof import ask_for_more_proof, requires
from portal_modules.customers.models import Customer
from portal_modules.customers.welcome import Welcome, person_in_charge, state_of, welcome_of

NEWS = 3

View = Callable[[Any], HttpResponse]


def _for_customers(view: View) -> View:
    """A page of the company's customers. It stands in no module, so it asks for the proof itself."""

    @wraps(view)
    def asked(request: Any) -> HttpResponse:
        if request.company is None:
            raise Http404
        if request.access.level < Level.REGISTERED:
            return ask_for_more_proof(request, asked)
        return view(request)

    return requires(Level.REGISTERED)(asked)


@require_safe
@_for_customers
def my_home(request: Any) -> HttpResponse:
    """What waits for somebody, the person in charge, the ways into all modules, the latest news."""
    home = home_of(request)
    news_url, news = newest_news(request, NEWS)
    context = {
        "welcome": _welcome(request, home),
        "steps": home.steps,
        "cards": [CountedCard(card, None) for card in home.cards],
        "cards_url": reverse("my_cards"),
        "person": person_in_charge(request.card, request.access),
        "write_url": home.write_url,
        "news": news,
        "news_url": news_url,
    }
    return render(request, "cms/my_home.html", context)


@require_safe
@_for_customers
def my_cards(request: Any) -> HttpResponse:
    """The cards of the home page with their numbers, which it asks for when it stands."""
    if not request.htmx:
        return HttpResponseRedirect(reverse("my_home"))
    return render(request, "cms/my_cards.html", {"cards": counted_cards(request)})


def _welcome(request: Any, home: Home) -> Welcome:
    since, name = _reader(request)
    urgencies = {step.urgency for step in home.steps}
    state = state_of(
        has_overdue=Urgency.OVERDUE in urgencies,
        has_to_do=bool(urgencies & {Urgency.DUE_SOON, Urgency.TO_DO}),
        since=since,
        now=timezone.now(),
    )
    return welcome_of(request.card, state, name)


def _reader(request: Any) -> tuple[datetime, str]:
    """Since when the account is there, and whom it greets; for staff who look as a customer, that customer."""
    if request.access.viewed_by is None:
        return request.user.created_at, request.user.get_short_name()
    customer = Customer.objects.visible_to(request.access).get()
    return customer.created_at, customer.name
