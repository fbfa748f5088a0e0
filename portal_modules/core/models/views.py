"""How people like to see a register: the views that they keep."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from .owned import CompanyManager, CompanyOwned

LONGEST_QUERY = 2000


class SavedViewQuerySet(models.QuerySet[Any]):
    """Views that somebody kept."""

    def seen_by(self, user: Any) -> Self:
        """One's own, and what colleagues share."""
        return self.filter(Q(owner=user.pk) | Q(is_shared=True))

    def for_register(self, register: str, user: Any) -> list[SavedView]:
        """Those of one register, each knowing whether it is the one that this person begins with."""
        usual = UsualView.objects.filter(view=OuterRef("pk"), user=user.pk)
        return list(self.seen_by(user).filter(register=register).annotate(is_usual=Exists(usual)))


class SavedView(CompanyOwned):
    """A list as somebody likes to see it: its filters, search, sorting, columns and groups, under a name.

    `query` is what stands in the address behind the question mark.
    """

    register = models.CharField(max_length=80)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(_("for everybody"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    is_usual: bool  # by `for_register`

    objects: ClassVar[Any] = CompanyManager(SavedViewQuerySet)

    class Meta:
        verbose_name = _("kept view")
        verbose_name_plural = _("kept views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "register", "owner", "name"],
                name="core_one_view_per_name",
                violation_error_message=_("You have a view of this name already."),
            ),
            models.UniqueConstraint(fields=["company", "id"], name="core_view_of_company"),
        ]

    def __str__(self) -> str:
        return self.name


class UsualView(CompanyOwned):
    """The view that a person's register begins with."""

    register = models.CharField(max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("usual view")
        verbose_name_plural = _("usual views")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "register", "user"], name="core_one_usual_view_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.view}"
