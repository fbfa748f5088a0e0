"""The kernel's pages and marks in the back office: companies, and which one is worked in."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea

from portal_modules.core.admin import (
    addresses,
    apps,
    finding,
    groups,
    importing,
    jobs,
    kept_views,
    platform,
    settings,
    setup,
)
from portal_modules.core.admin.home import put_the_desk_first
from portal_modules.core.admin.verbs import register_log_action


@hooks.register("register_admin_urls")
def company_urls() -> list[Any]:
    """Choosing, making and entering a company."""
    return [
        path("companies/", platform.company_list, name="core_companies"),
        path("companies/new/", platform.company_add, name="core_company_add"),
        path("companies/made/<slug:alias>/", platform.company_made, name="core_company_made"),
        path("companies/groups/", groups.group_list, name="core_groups"),
        path("companies/groups/new/", groups.group_edit, name="core_group_add"),
        path("companies/groups/<int:pk>/", groups.group_edit, name="core_group"),
        path("companies/groups/<int:pk>/dissolve/", groups.group_dissolve, name="core_group_dissolve"),
        path("companies/<int:pk>/enter/", platform.company_switch, name="core_company_switch"),
        path("companies/colour.css", platform.company_colour, name="core_company_colour"),
        path("find/", finding.find, name="core_find"),
        path("our-company/", setup.our_company, name="core_our_company"),
        path("our-company/sample.css", setup.sample_css, name="core_sample_css"),
        path("our-company/channels/", setup.our_channels, name="core_our_channels"),
        path("our-company/address/", addresses.our_address, name="core_address"),
        path("our-company/apps/", apps.apps, name="core_apps"),
        path("our-company/apps/<slug:label>/", apps.switch_app, name="core_switch_app"),
        path("our-company/parts/<str:name>/", apps.switch_part, name="core_switch_part"),
        path("our-company/settings/", settings.our_settings, name="core_settings"),
        path("our-company/settings/<slug:kind>/<int:pk>/", settings.settings_of, name="core_settings_of"),
    ]


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """What the lists of all registers share."""
    return [
        path("registers/<str:register>/views/", kept_views.keep, name="core_views"),
        path("registers/<str:register>/views/<int:pk>/", kept_views.change, name="core_view"),
    ]


hooks.register("register_log_actions", register_log_action)


@hooks.register("register_admin_urls")
def job_urls() -> list[Any]:
    """Long work: how far it has come, and what became of it."""
    return [
        path("jobs/", jobs.job_list, name="core_jobs"),
        path("jobs/<uuid:pk>/", jobs.job_page, name="core_job"),
        path("jobs/<uuid:pk>/progress/", jobs.job_progress, name="core_job_progress"),
        path("jobs/<uuid:pk>/report/", jobs.job_report, name="core_job_report"),
        path("jobs/<uuid:pk>/file/", jobs.job_file, name="core_job_file"),
        path("jobs/<uuid:pk>/cancel/", jobs.job_cancel, name="core_job_cancel"),
        path("jobs/<uuid:pk>/resume/", jobs.job_resume, name="core_job_resume"),
    ]


@hooks.register("register_admin_urls")
def import_urls() -> list[Any]:
    """Taking tables in."""
    return [
        path("imports/", importing.import_list, name="core_imports"),
        path("imports/new/<str:name>/", importing.import_upload, name="core_import_upload"),
        path("imports/new/<str:name>/template/", importing.import_template, name="core_import_template"),
        path("imports/<uuid:pk>/columns/", importing.import_columns, name="core_import_columns"),
        path("imports/<uuid:pk>/confirm/", importing.import_confirm, name="core_import_confirm"),
    ]


class ImportsMenuItem(MenuItem):
    """Shown to whoever may take something in."""

    def is_shown(self, request: Any) -> bool:
        """Is there a kind of table for them?"""
        return bool(getattr(request, "company", None) and importing.kinds_for(request.user))


@hooks.register("register_admin_menu_item")
def imports_menu_item() -> MenuItem:
    """Customers, contacts and records from a file."""
    return ImportsMenuItem(_("Import"), reverse("core_imports"), icon_name="upload", order=290)


class InCompanyMenuItem(MenuItem):
    """Shown to whoever works in a company."""

    def is_shown(self, request: Any) -> bool:
        """Is there a company?"""
        return bool(getattr(request, "company", None))


@hooks.register("register_reports_menu_item")
def jobs_menu_item() -> MenuItem:
    """All long work of the company."""
    return InCompanyMenuItem(_("Jobs"), reverse("core_jobs"), icon_name="tasks", order=800)


class CompaniesMenuItem(MenuItem):
    """Shown to the platform's administrator, and to whoever works in more than one company."""

    def is_shown(self, request: Any) -> bool:
        """Is there anything to choose?"""
        return bool(request.user.is_superuser or len(getattr(request, "workplaces", ())) > 1)


@hooks.register("register_admin_menu_item")
def companies_menu_item() -> MenuItem:
    """The switch between companies."""
    return CompaniesMenuItem(_("Companies"), reverse("core_companies"), icon_name="site", order=10)


class OurCompanyMenuItem(MenuItem):
    """Shown to whoever runs the company."""

    def is_shown(self, request: Any) -> bool:
        """Is there a company, and is it theirs to set up?"""
        return bool(getattr(request, "company", None) and request.user.has_perm(setup.RIGHT))


@hooks.register("register_settings_menu_item")
def our_company_menu_item() -> MenuItem:
    """Name, look, channels and apps of the company."""
    return OurCompanyMenuItem(_("Our company"), reverse("core_our_company"), icon_name="site", order=1)


class FindEverything(SearchArea):
    """The one search box, which is also the one of the side bar."""

    def is_shown(self, request: Any) -> bool:
        """Is there a company to look in?"""
        return getattr(request, "company", None) is not None


@hooks.register("register_admin_search_area")
def find_area() -> SearchArea:
    """Before Wagtail's areas: customers and their records are asked for all day."""
    return FindEverything(_("Customers and numbers"), reverse("core_find"), icon_name="group", order=1)


hooks.register("construct_homepage_panels", put_the_desk_first)


@hooks.register("construct_homepage_summary_items", order=10_000)  # after those that add something
def count_no_pages(request: Any, summary_items: list[Any]) -> None:
    """How many pages and pictures there are is nobody's work of the day."""
    if getattr(request, "company", None) is not None:
        summary_items.clear()


@hooks.register("construct_main_menu")
def leave_the_bare_list_of_catalogues_out(request: Any, menu_items: list[MenuItem]) -> None:
    """Each catalogue has its own entry below Settings; help in own words is reached from the help."""
    menu_items[:] = [item for item in menu_items if item.name != "snippets"]


# In this order: what stands later may refine what stands before.
_SHEETS = (
    "balcao/admin.css",
    "balcao/admin-registers.css",
    "balcao/admin-desk.css",
    "balcao/jobs.css",
    "balcao/admin-company.css",
)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """Our additions to Wagtail's look, and the colour of the company that is worked in."""
    addresses = [*map(static, _SHEETS), reverse("core_company_colour")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((each,) for each in addresses))
