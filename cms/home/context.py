"""What a home page shows besides its own texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import get_script_prefix, reverse

from cms.audiences import reader_of
from cms.news.models import newest_news
from portal_modules.accounts.doors import box_of
from portal_modules.core.modules import modules

if TYPE_CHECKING:
    from cms.home.models import HomePage

NEWS_ON_HOME = 3


def home_context(page: HomePage, request: Any) -> dict[str, Any]:
    """The two boxes and the latest news. What was read is kept until the company changes anything."""
    card = request.card
    context: dict[str, Any] = {
        "next_url": f"{get_script_prefix()}{request.public_language}/my/",
        **box_of(request),
    }
    for module in modules:
        lookup = module.lookup
        if lookup and card.is_on(lookup.function):
            context["lookup_url"] = reverse(lookup.url_name)
            context["lost_number_url"] = reverse(lookup.lost_url_name)
            break
    news_url, context["news"] = newest_news(request, NEWS_ON_HOME)
    if news_url:
        context["news_url"] = news_url
    context["reader_key"] = reader_of(request).key
    return context
