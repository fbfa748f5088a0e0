"""Manifest of the documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import (
    MenuEntry,
    NoticeKind,
    Periodic,
    PortalModule,
    Setting,
    SettingKind,
    StaffRight,
)

_HOUR = 60 * 60
_DOCUMENT = {"document": _("the document that is asked for"), "day": _("the day by which it is needed")}


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
    settings = (
        Setting(
            "documents.remind_days",
            _("Remind of a document so many days before it is due"),
            default=3,
            kind=SettingKind.NUMBER,
            least=1,
            most=30,
            unit=_("days"),
            help=_("They are reminded once more on the day itself."),
        ),
    )
    periodic = (
        Periodic("portal_modules.documents.tasks.remind", seconds=_HOUR),
        Periodic("portal_modules.documents.tasks.sweep", seconds=24 * _HOUR),
    )
    notices = (
        NoticeKind(
            "documents.asked",
            _("We need a document from you"),
            _("Which one, why, and by when."),
            {**_DOCUMENT, "why": _("why it is needed")},
        ),
        NoticeKind(
            "documents.due_soon",
            _("A document is due soon"),
            _("Some days before, and on the day itself."),
            {**_DOCUMENT, "when": _("that it is due, or due today, as a sentence")},
        ),
        NoticeKind(
            "documents.refused",
            _("A document has to be sent again"),
            _("With the reason."),
            {**_DOCUMENT, "reason": _("why it cannot be used")},
        ),
        NoticeKind("documents.accepted", _("A document of yours was accepted"), placeholders=_DOCUMENT),
    )

    def ready(self) -> None:
        """Stand beside every record of the back office."""
        from portal_modules.documents import panels  # noqa: F401

        super().ready()
