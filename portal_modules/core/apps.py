"""The kernel as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Companies, access, records, scope, the base of registers, sequences. It knows no module."""

    name = "portal_modules.core"
    label = "core"
    verbose_name = _("Companies")

    def ready(self) -> None:
        """Connect the checks, and what must happen before and after a migration. No query is made here."""
        from portal_modules.core import checks, connections, database  # noqa: F401
        from portal_modules.core.admin.exports import neutralise_exports
        from portal_modules.core.admin.own_zone import keep_the_companys_time
        from portal_modules.core.reversing import build_addresses_below_the_root
        from portal_modules.core.writing import write_plain_text_directly

        database.connect()
        connections.connect()
        neutralise_exports()
        keep_the_companys_time()
        build_addresses_below_the_root()
        write_plain_text_directly()
