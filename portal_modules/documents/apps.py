"""Manifest of the documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import MenuEntry, PortalModule, StaffRight


class DocumentsModule(PortalModule):
    name = "portal_modules.documents"
    label = "documents"
    title = verbose_name = _("Files")
    summary = _(
        "Private files of customers beside their records, and documents that customers are asked for."
    )
    icon = "doc-full"
    optional = False
    depends = ("customers", "notifications")
    menu = (MenuEntry(label=_("Documents"), url_name="documents:list", icon="file", order=20),)
    records = ("models.DocumentRequest",)
    rights = (
        StaffRight("documents.view", _("See the files of customers"), frozenset(StaffRole)),
        StaffRight(
            "documents.edit",
            _("Ask customers for documents, and accept or refuse them"),
            frozenset({StaffRole.MANAGER, StaffRole.OPERATOR, StaffRole.PLATFORM}),
        ),
    )
