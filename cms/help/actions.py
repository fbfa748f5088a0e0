"""Verbs of the help. The company's staff scope has to be in force."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction

from portal_modules.core.actions import log
from portal_modules.core.choices import StaffRole
from portal_modules.core.models import Company, StaffMembership
from portal_modules.notifications.actions import tell

from .emails import ASKED
from .models import HelpQuestion, OwnHelp


@transaction.atomic
def ask_about_screen(company: Company, *, screen: str, address: str, text: str, by: Any) -> HelpQuestion:
    """Send a question to the platform's support; where it has no address, to those who run the company."""
    question = HelpQuestion.objects.create(screen=screen[:200], address=address[:500], text=text, asked_by=by)
    for recipient, language in _who_helps(company, by):
        tell(
            ASKED,
            company=company,
            language=language or company.language,
            address=recipient,
            payload={"question_id": question.pk},
        )
    log("help.ask", question, by=by, screen=question.screen)
    return question


def _who_helps(company: Company, by: Any) -> list[tuple[str, str]]:
    """Addresses, each with the language of who reads there."""
    if settings.SUPPORT_EMAIL:
        return [(settings.SUPPORT_EMAIL, company.language)]
    managers = StaffMembership.objects.filter(role=StaffRole.MANAGER).select_related("user").order_by("pk")
    return [(each.user.email, each.user.language) for each in managers]


@transaction.atomic
def forget_own_words(own: OwnHelp, *, by: Any) -> None:
    """Back to the text that came with the portal."""
    log("help.forget_own_words", own, by=by, key=own.key)
    own.delete()
