"""Images and documents of editors, each in one company from the first migration on.

Customers' files are never kept here: see `portal_modules.documents`.
"""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

from django.db import models
from django.urls import get_script_prefix
from django.utils.translation import gettext_lazy as _
from django_scopes import get_scope
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from cms.audiences import Audience
from cms.kinds_of_files import check_kind_of_file
from portal_modules.core.models import CurrentCompany
from portal_modules.core.scope import STAFF, current_scope


class InCompany(models.Model):
    """A row of a library's model that belongs to one company; the database fills and holds it."""

    company = models.ForeignKey(
        "core.Company",
        on_delete=models.PROTECT,
        db_default=CurrentCompany(),
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True


class CompanyImage(InCompany, AbstractImage):
    """An image of a company's pages."""

    admin_form_fields = WagtailImage.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        """What is read aloud: the description, else nothing, as a title is no description."""
        return str(self.description)


class CompanyRendition(InCompany, AbstractRendition):
    """An image in one size."""

    image = models.ForeignKey(CompanyImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="cms_one_rendition_per_size"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        """A name that nobody can guess: who may not read a page does not find its pictures either."""
        folder, name = str(super().get_upload_to(filename)).split("/", 1)
        return f"{folder}/{token_urlsafe(12)}.{name}"


# A file without a word of its own.
AS_THE_PAGES = "pages"


class CompanyDocument(InCompany, AbstractDocument):
    """A file that editors publish: to read, to keep, a film or its captions."""

    audience: models.CharField[Any, Any] = models.CharField(
        _("who may open it"),
        max_length=12,
        choices=[
            (AS_THE_PAGES, _("Whoever may read a page that shows it")),
            *(choice for choice in Audience.choices if choice[0] != Audience.GROUPS),
        ],
        default=AS_THE_PAGES,
        help_text=_("A file that no page shows is for staff, unless you say otherwise here."),
    )

    admin_form_fields = (*WagtailDocument.admin_form_fields, "audience")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    @property
    def url(self) -> str:
        """Where it is opened: on the company's own address, which the back office has to name."""
        address: str = super().url
        company = get_scope().get("company")
        if company is not None and current_scope().role == STAFF and get_script_prefix() == "/":
            return f"{company.path_prefix}{address}"
        return address

    def clean(self) -> None:
        """The file is what its name says."""
        super().clean()
        check_kind_of_file(self.file, self.file_extension.lower())


class ShownFile(InCompany):
    """A file that a page shows: whoever may read one of the pages may open it."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(CompanyDocument, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "document"], name="cms_one_row_per_shown_file")
        ]
        # Who may open a file, on each request for a part of it.
        indexes = [models.Index(fields=["document"], name="cms_pages_showing_a_file")]
