"""Manifest of the documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.modules import PortalModule


class DocumentsModule(PortalModule):
    name = "portal_modules.documents"
    label = "documents"
    title = verbose_name = _("Files")
    summary = _("Private files of customers, beside the record that they belong to.")
    icon = "doc-full"
    optional = False
    depends = ("customers",)
