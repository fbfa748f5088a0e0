"""`manage.py in_each_company renew_mail_hooks`: after a change of SECRET_KEY, before the old one goes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal_modules.notifications.actions import renew_hooks


class Command(BaseCommand):
    """Encrypt the secrets of mail providers of the company in scope with the newest secret key."""

    help = "Encrypt the kept secrets of mail providers with the newest SECRET_KEY; run it by in_each_company."

    def handle(self, *args: Any, **options: Any) -> None:
        """All of them; it may run twice without harm."""
        self.stdout.write(f"{renew_hooks()} renewed")
