"""Forms of rows whose other columns are the business of actions."""

from __future__ import annotations

from typing import Any

from portal_modules.core.actions import log
from portal_modules.core.admin import CompanyModelForm


class FewColumnsForm(CompanyModelForm):
    """Writes the columns that were changed and no other: an action may have changed those meanwhile."""

    def save(self, commit: bool = True) -> Any:
        """Keep them, and write down who did."""
        row = self.instance
        if self.changed_data:
            before = {name: str(self.initial.get(name) or "") for name in self.changed_data}
            row.save(update_fields=list(self.changed_data))
            log("billing.edit", row, by=self.for_user, before=before)
        return row
