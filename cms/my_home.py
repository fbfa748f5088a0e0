"""The customer's home: the answer first, then what needs doing, then the ways into what is theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from cms.news.models import newest_news
from portal_modules.core.access import Level
from portal_modules.core.home import CountedCard, Home, NextStep, Urgency, counted_cards, home_of
from portal_modules.core.patterns import Pattern
from portal_modules.core.proof import ask_for_more_proof, requires
from portal_modules.core.templatetags.days import day
from portal_modules.customers.models import Customer
from portal_modules.customers.welcome import Welcome, person_in_charge, state_of, welcome_of

NEWS = 3
_STEP = Pattern("cms/next_step.html", texts=("title", "url", "customer", "detail", "due", "label"))
_CARD = Pattern("cms/my_card.html", texts=("url", "label", "text", "count"))

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
        "steps": [_step(request, step, is_first=step is home.steps[0]) for step in home.steps],
        "cards": _cards(request, [CountedCard(card, None) for card in home.cards]),
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
    return HttpResponse(_cards(request, counted_cards(request)))


def _step(request: Any, step: NextStep, *, is_first: bool) -> SafeString:
    form = {
        "urgency": int(step.urgency),
        "icon": step.icon,
        "is_first": is_first,
        "has_customer": bool(step.customer),
        "has_detail": bool(step.detail),
        "has_due": step.due is not None,
        "has_label": bool(step.label),
    }
    words = {
        "title": step.title,
        "url": step.url,
        "customer": step.customer,
        "detail": step.detail,
        "due": day(step.due),
        "label": step.label,
    }
    return _STEP.fill(request.card, form, words)


def _cards(request: Any, cards: Iterable[CountedCard]) -> SafeString:
    """One beside the other; a number that is not known yet keeps its place."""
    return SafeString("".join(_card(request, each) for each in cards))


def _card(request: Any, counted: CountedCard) -> SafeString:
    card, count = counted.card, counted.count
    form = {"icon": card.icon, "has_counter": card.has_counter, "has_text": bool(card.text)}
    shown = "" if count is None else number_format(count)
    words = {"url": card.url, "label": card.label, "text": card.text, "count": shown}
    return _CARD.fill(request.card, form, words)


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
