"""Making a company, and entering one as the platform's administrator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scope
from wagtail.log_actions import LogContext
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from portal_modules.core.choices import COUNTRY_DEFAULTS, EDITORIAL_ROLES, StaffRole
from portal_modules.core.exceptions import NotAllowed
from portal_modules.core.models import Company, StaffMembership
from portal_modules.core.scope import current_scope, database_scope, platform_scope

from .log import log
from .staff import grant_staff, group_name

ENTRY_LASTS = timedelta(hours=8)
_PAGE_PERMISSIONS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
# Wagtail asks for the permissions of its own models, whichever model keeps the files.
_MEDIA_PERMISSIONS = (
    ("wagtailimages", ("add_image", "change_image", "choose_image")),
    ("wagtaildocs", ("add_document", "change_document", "choose_document")),
    ("wagtailcore", ("add_collection", "change_collection")),
)

# Makes the pages of a company in one language, below the top of the tree: `cms` registers it.
TreeMaker = Callable[[Company, str, Page], Page]
_tree_makers: list[TreeMaker] = []


def register_tree_maker(maker: TreeMaker) -> None:
    """Say how the pages of a new company are made. The kernel knows no kind of page."""
    _tree_makers[:] = [maker]


@dataclass(frozen=True, slots=True)
class NewCompany:
    """What is asked for to make a company; what is left out follows from its country."""

    name: str
    alias: str
    country: str
    legal_name: str = ""
    tax_id: str = ""
    currency: str = ""
    time_zone: str = ""
    languages: Sequence[str] = field(default_factory=list)
    color: str = "#1f5f4a"
    address: str = ""


def create_company(wanted: NewCompany, *, by: Any | None, manager: Any | None = None) -> Company:
    """Make a company with all that it needs: site, page tree in each language, collection, groups.

    A platform action: it opens a scope of all companies, because their homes stand side by side below
    the top of the tree, and the next free place is only seen from there. Raises `ValidationError` for a wrong field.
    """
    currency, time_zone, languages = COUNTRY_DEFAULTS[wanted.country]
    company = Company(
        name=wanted.name,
        legal_name=wanted.legal_name,
        alias=wanted.alias,
        tax_id=wanted.tax_id,
        country=wanted.country,
        currency=wanted.currency or currency,
        time_zone=wanted.time_zone or time_zone,
        languages=list(wanted.languages or languages),
        color=wanted.color,
        address=wanted.address,
    )
    with platform_scope():
        company.full_clean(exclude=["site"])
        company.pk = _next_id()
        # Whoever makes another company at the same time waits: both would take the same place in the trees.
        top = Page.objects.select_for_update().get(depth=1)
        top_collection = Collection.objects.select_for_update().get(depth=1)
        seen = (*current_scope().companies, company.pk)
        with (
            database_scope(replaced(current_scope(), company=company.pk, companies=seen)),
            scope(company=company),
        ):
            company.save(force_insert=True)
            collection = top_collection.add_child(name=company.name)
            # Wagtail's own log checks that whoever acts is seen from here, which nobody is yet.
            with LogContext():
                homes = _make_pages(company, top)
            company.site = Site.objects.create(
                hostname=f"{company.alias}.{settings.PLATFORM_HOST}",
                port=443 if settings.PUBLIC_ORIGIN.startswith("https") else _port(),
                root_page=homes[0],
                site_name=company.name,
            )
            company.save(update_fields=["site"])
            _make_groups(company, homes, collection)
            log("core.create_company", company, by=by)
            if manager:
                grant_staff(company, manager, StaffRole.MANAGER, by=by)
    return company


def _port() -> int:
    _scheme, _slashes, rest = settings.PUBLIC_ORIGIN.partition("//")
    _host, _colon, port = rest.partition(":")
    return int(port or 80)


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('core_company', 'id'))")
        return int(cursor.fetchone()[0])


def _make_pages(company: Company, top: Page) -> list[Page]:
    """The home of each language, as translations of one another; the first is of its own language."""
    (make_tree,) = _tree_makers
    return [make_tree(company, language, top) for language in company.languages]


def _make_groups(company: Company, homes: Sequence[Page], collection: Collection) -> None:
    """A group for each editorial role, with the company's pages and its collection."""
    page_permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=[f"{name}_page" for name in _PAGE_PERMISSIONS],
    )
    media_permissions = [
        permission
        for label, codenames in _MEDIA_PERMISSIONS
        for permission in Permission.objects.filter(content_type__app_label=label, codename__in=codenames)
    ]
    for role in EDITORIAL_ROLES:
        group = Group.objects.create(name=group_name(company, role))
        for permission in page_permissions:
            for home in homes:
                GroupPagePermission.objects.create(group=group, page=home, permission=permission)
        for permission in media_permissions:
            GroupCollectionPermission.objects.create(
                group=group, collection=collection, permission=permission
            )


@transaction.atomic
def enter_company(company: Company, user: Any) -> StaffMembership:
    """Let an administrator of the platform work in a company for a while; the company sees that they did.

    The company's scope has to be in force.
    """
    if not user.is_superuser:
        raise NotAllowed
    standing = (
        StaffMembership.objects.filter(company=company, user=user).exclude(role=StaffRole.PLATFORM).first()
    )
    if standing:
        return standing
    until = timezone.now() + ENTRY_LASTS
    membership = grant_staff(company, user, StaffRole.PLATFORM, by=user, until=until)
    log("core.enter_company", company, by=user, until=until.isoformat())
    return membership


@transaction.atomic
def leave_company(company: Company, user: Any) -> None:
    """End the entry of a platform administrator."""
    StaffMembership.objects.filter(company=company, user=user, role=StaffRole.PLATFORM).update(
        until=timezone.now()
    )
    log("core.leave_company", company, by=user)
