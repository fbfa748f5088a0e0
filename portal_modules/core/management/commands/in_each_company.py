"""`manage.py in_each_company COMMAND …`: run a command of a library once for each company, inside its scope."""

from __future__ import annotations

from argparse import REMAINDER, ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope, platform_scope


class Command(BaseCommand):
    """Libraries know nothing of the walls: `update_index` and its like see nothing outside a scope."""

    help = (
        "Run a command, such as update_index or rebuild_references_index, inside the scope of each company."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command and all that follows."""
        parser.add_argument("--only", help="the alias of one company", default="")
        parser.add_argument("command", nargs=REMAINDER, help="the command with its arguments")

    def handle(self, *args: Any, **options: Any) -> None:
        """One company after the other; the first that fails ends it."""
        name, *arguments = options["command"]
        with platform_scope():
            companies = list(Company.objects.filter(closed_at=None).order_by("alias"))
        for company in companies:
            if options["only"] in {"", company.alias}:
                with company_scope(company):
                    call_command(name, *arguments, stdout=self.stdout)
                self.stdout.write(f"{company.alias}: done")
