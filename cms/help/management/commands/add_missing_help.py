"""`manage.py add_missing_help`: after an update, give every company the help pages of new sections."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.help.models import HelpIndexPage
from cms.help.pages import add_missing_help
from portal_modules.core.languages import public_language
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope, platform_scope


class Command(BaseCommand):
    """What editors changed stays as it is."""

    help = "Add the help pages that companies have not got yet, in each of their languages."

    def handle(self, *args: Any, **options: Any) -> None:
        """One company after the other."""
        with platform_scope():
            companies = list(Company.objects.filter(closed_at=None).order_by("alias"))
        for company in companies:
            with company_scope(company):
                added = sum(
                    add_missing_help(company, index, public_language(index.locale.language_code))
                    for index in HelpIndexPage.objects.select_related("locale")
                )
            self.stdout.write(f"{company.alias}: {added}")
