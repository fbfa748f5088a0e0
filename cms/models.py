"""Images and documents of editors, each in one company from the first migration on.

Customers' files are never kept here: see `portal_modules.documents`.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from portal_modules.core.models import CurrentCompany


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


class CompanyDocument(InCompany, AbstractDocument):
    """A file that editors publish for everybody."""

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
