"""`manage.py in_each_company renew_registry_keys`: after a change of SECRET_KEY, before the old one goes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal_modules.processes.actions import renew_registry_keys


class Command(BaseCommand):
    """Encrypt the registry's keys of the company in scope with the newest secret key."""

    help = "Encrypt the kept registry keys with the newest SECRET_KEY; run it by in_each_company."

    def handle(self, *args: Any, **options: Any) -> None:
        """All of them; it may run twice without harm."""
        self.stdout.write(f"{renew_registry_keys()} renewed")
