"""`manage.py messages`: bring the catalogues of words up to date, check and compile them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal_modules.core import catalogues, library_words


class Command(BaseCommand):
    """Collect, merge, check and compile; with an option, only the last two or only the last."""

    help = "Bring the catalogues under locales/ up to date, and compile them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which part of the work."""
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where something is missing"
        )
        parser.add_argument(
            "--libraries", action="store_true", help="what the libraries do not say, instead of our own words"
        )
        parser.add_argument(
            "--compile", action="store_true", help="only compile what is newer than its result"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        words = library_words if options["libraries"] else catalogues
        if not options["check"] and not options["compile"]:
            words.merge(settings.PROJECT)
        if not options["compile"]:
            found = words.faults(settings.PROJECT)
            if found and options["check"]:
                raise CommandError("\n".join(found))
            self.stdout.write(f"{len(found)} faults" + "".join(f"\n  {fault}" for fault in found[:20]))
        if not options["check"]:
            self.stdout.write(f"{catalogues.compile_all(settings.PROJECT)} catalogues compiled")
