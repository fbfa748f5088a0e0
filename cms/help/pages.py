"""Help pages made from what was shipped: for a new company, and for sections that came after it."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.text import slugify

from portal_modules.core.models import Company

from .features import steps_as_html
from .models import HelpIndexPage, HelpPage
from .shipped import shipped_help


def add_missing_help(company: Company, index: HelpIndexPage, language: str) -> int:
    """Add the help pages that a language has not got yet, and return how many those were.

    What editors changed stays; what they deleted comes back when this runs again.
    """
    there = set(HelpPage.objects.child_of(index).values_list("key", flat=True))
    missing = [text for text in shipped_help() if text.key not in there]
    with translation.override(company.spoken(language)):
        for text in missing:
            now = timezone.now()
            index.add_child(
                instance=HelpPage(
                    key=text.key,
                    title=str(text.title),
                    slug=slugify(text.key.replace(":", "-").replace("_", "-")),
                    locale=index.locale,
                    translation_key=uuid5(NAMESPACE_URL, f"balcao:{company.pk}:help:{text.key}"),
                    introduction=str(text.what),
                    how=str(steps_as_html(text)),
                    body=[("paragraph", format_html("<p>{}</p>", line)) for line in text.more],
                    first_published_at=now,
                    last_published_at=now,
                )
            )
    return len(missing)
