"""Whom a page is meant for, and what whoever is looking may therefore read.

Everyone; whoever has a number, and customers; customers; some groups of customers. Each page of a kind that
inherits `ForAudience` says which. It is asked in lists, in searches, in the menu, on the home page, at the
page's own address and for the files that it shows. Behind it stands the wall: the visitor's role reads no row
that is for customers only (see `docs/decisions/0011-a-page-says-whom-it-is-for.md`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Self

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField

from portal_modules.core.access import Access, Level
from portal_modules.core.factors import customers_lack_factor
from portal_modules.core.proof import ask_for_more_proof
from portal_modules.customers.models import Customer, CustomerGroup


class Audience(models.TextChoices):
    """Whom a page is meant for; each includes those below it."""

    EVERYONE = "everyone", _("Everyone")
    NUMBERS = "numbers", _("Whoever came by a number, and customers")
    CUSTOMERS = "customers", _("Customers")
    GROUPS = "groups", _("Some groups of customers")


# What the visitor's role may read at all; the migrations that wall the pages say the same.
VISITORS_READ = (Audience.EVERYONE, Audience.NUMBERS)


@dataclass(frozen=True, slots=True)
class Reader:
    """What whoever is looking may read: pages for these audiences, and those for these groups."""

    audiences: frozenset[str] = frozenset({Audience.EVERYONE})
    groups: frozenset[int] = frozenset()

    @property
    def key(self) -> str:
        """One word for all readers who see the same: what is kept of lists is kept under it."""
        return "+".join([*sorted(self.audiences), *map(str, sorted(self.groups))])

    def may_read(self, page: Any) -> bool:
        """Is the page meant for them? One whose own row the wall has hidden is not."""
        kind = page.specific_class
        if kind is None or not issubclass(kind, ForAudience):
            return True
        if not isinstance(page, kind):
            return False
        if page.audience == Audience.GROUPS:
            return not self.groups.isdisjoint(page.group_ids)
        return page.audience in self.audiences


STRANGER = Reader()
NUMBER_HOLDER = Reader(frozenset(VISITORS_READ))
# What is meant for number holders more than for anybody: it joins the two entries of their menu.
ONLY_BY_NUMBER = Reader(frozenset({Audience.NUMBERS}))


def reader_of(request: Any) -> Reader:
    """The reader behind a request; whoever wants to look as somebody else sets `request.reader`."""
    reader: Reader | None = getattr(request, "reader", None)
    if reader is None:
        reader = request.reader = _reader(request)
    return reader


def _reader(request: Any) -> Reader:
    access: Access = request.access
    has_proved = access.level >= Level.REGISTERED and not customers_lack_factor(request.card, access)
    if has_proved and access.customer_ids:
        everything = frozenset({Audience.EVERYONE, Audience.NUMBERS, Audience.CUSTOMERS})
        # Hardly any company has pages for groups; the others are not asked for their customers' groups.
        has_groups = request.card.remember("audience:groups", _anything_for_groups)
        groups: Any = Customer.objects.visible_to(access).exclude(group=None) if has_groups else ()
        return Reader(everything, frozenset(customer.group_id for customer in groups))
    if access.is_lookup or access.level >= Level.TAX_ID:
        return NUMBER_HOLDER
    return STRANGER


@cache
def _kinds() -> tuple[type[Any], ...]:
    return tuple(model for model in apps.get_models() if issubclass(model, ForAudience))


def _anything_for_groups() -> bool:
    return any(kind.objects.filter(audience=Audience.GROUPS).exists() for kind in _kinds())


def refuse_reader(request: HttpRequest) -> HttpResponse:
    """A page for others: whoever has not signed in is asked to, because the page may be theirs; else 404."""
    access: Access = request.access  # type: ignore[attr-defined]
    if access.level >= Level.REGISTERED:
        raise Http404
    return ask_for_more_proof(request, refuse_reader)


class AudienceQuerySet(PageQuerySet):
    """Pages that say whom they are meant for."""

    def meant_for(self, reader: Reader) -> Self:
        """Those that the reader may read."""
        wanted = Q(audience__in=sorted(reader.audiences))
        if reader.groups:
            field = self.model._meta.get_field("groups")
            links = field.remote_field.through._base_manager
            ours = links.filter(customergroup_id__in=sorted(reader.groups))
            wanted |= Q(audience=Audience.GROUPS, pk__in=ours.values(field.m2m_column_name()))
        return self.filter(wanted)


AudienceManager = PageManager.from_queryset(AudienceQuerySet)


class AudienceForm(WagtailAdminPageForm):
    """The groups to choose from are this company's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            self.fields["groups"].queryset = CustomerGroup.objects.all()

    def clean(self) -> dict[str, Any]:
        """A page for groups names at least one, else nobody would ever read it."""
        data: dict[str, Any] = super().clean()
        if data.get("audience") == Audience.GROUPS and "groups" in self.fields and not data.get("groups"):
            self.add_error("groups", ValidationError(_("Choose at least one group.")))
        return data


class GroupsField(ParentalManyToManyField):
    """Groups of the page's company."""

    def formfield(self, **kwargs: Any) -> Any:
        """Wagtail's checks make the form outside of any company; it is narrowed when it is used."""
        with scopes_disabled():
            return super().formfield(**kwargs)


class ForAudience(models.Model):
    """A page that says whom it is meant for. Its translations follow it."""

    # One way to choose readers: Wagtail's own, by password or login, is not offered beside it.
    private_page_options: ClassVar[list[str]] = []

    audience: models.CharField[Any, Any] = models.CharField(
        _("who may read it"),
        max_length=12,
        choices=Audience,
        default=Audience.EVERYONE,
        help_text=_("Others do not find it in lists, in the search or at its address."),
    )
    groups = GroupsField(
        "customers.CustomerGroup",
        blank=True,
        verbose_name=_("groups of customers"),
        related_name="+",
        help_text=_("Only where it is for some groups of customers."),
    )

    base_form_class = AudienceForm
    # Whoever narrows the original must not leave a translation open.
    override_translatable_fields = [
        SynchronizedField("audience", overridable=False),
        SynchronizedField("groups", overridable=False),
    ]

    class Meta:
        abstract = True

    @property
    def group_ids(self) -> frozenset[int]:
        """The groups that it is for, read once and kept with the page; visitors have no right to ask."""
        if self.audience != Audience.GROUPS:
            return frozenset()
        if not hasattr(self, "_group_ids"):
            self._group_ids = frozenset(group.pk for group in self.groups.all())
        return self._group_ids


def audience_panel() -> MultiFieldPanel:
    """The panel of every page that is a `ForAudience`."""
    return MultiFieldPanel(
        [FieldPanel("audience"), FieldPanel("groups", widget=forms.CheckboxSelectMultiple)],
        heading=_("Who may read it"),
    )
