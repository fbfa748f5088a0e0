"""`manage.py demo`: loads the demo world, and tells its addresses, logins and numbers."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.demo.loading import DemoBusy, load_world
from cms.demo.showing import describe, table


class Command(BaseCommand):
    """Its logins have known passwords: it refuses to run outside of a demonstration."""

    help = (
        "Load the demo world, where it is not there yet, and print its addresses, logins and process "
        "numbers. "
        "In each company my_process belongs to the first customer, and is what the first number opens."
    )
    requires_system_checks = []  # `make demo` waits for it at every start

    def add_arguments(self, parser: CommandParser) -> None:
        """Only how it is printed."""
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else, for scripts")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then tell."""
        if not settings.DEMO:
            raise CommandError(
                "The demo world is only for demonstrations: its passwords are known to everybody. "
                "These settings have no DEMO."
            )
        # Wagtail tells of every page that it saves, and this is about the table.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        try:
            loaded = load_world()
        except DemoBusy as refusal:
            raise CommandError(str(refusal)) from None
        told = describe(every_page=options["json"])
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        self.stdout.write("The demo world is loaded." if loaded else "The demo world is there already.")
        self.stdout.write("")
        for line in table(told):
            self.stdout.write(line)
