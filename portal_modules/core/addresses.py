"""Addresses: those that modules declare, and whole ones for mails, built from the company and never from a request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import (
    NoReverseMatch,
    URLPattern,
    URLResolver,
    get_script_prefix,
    include,
    path,
    reverse,
    set_script_prefix,
)
from django.utils import translation

from portal_modules.core.models import Company
from portal_modules.core.modules import PortalModule, modules
from portal_modules.core.records import PortalRecord


def module_patterns(module: PortalModule) -> list[URLPattern | URLResolver]:
    """The addresses of one module, under its label as namespace.

    `urls.py` of a module has `urlpatterns`, which stand below `/<language>/my/<label>/`, and may have
    `public_urlpatterns`, which stand below `/<language>/`.
    """
    if find_spec(module.urls_module) is None:
        return []
    declared = import_module(module.urls_module)
    own = getattr(declared, "urlpatterns", [])
    public: Sequence[URLPattern | URLResolver] = getattr(declared, "public_urlpatterns", ())
    patterns = [*([path(f"my/{module.label}/", include(own))] if own else []), *public]
    return [path("", include((patterns, module.label)))]


def all_module_patterns() -> list[URLPattern | URLResolver]:
    """The addresses of all modules, in the order of their dependencies."""
    return [pattern for module in modules for pattern in module_patterns(module)]


def base_of(company: Company) -> tuple[str, str]:
    """Origin and path of the company's pages: its own host, else the platform's and the path of its alias."""
    if not company.own_host:
        return settings.PUBLIC_ORIGIN, company.path_prefix
    public = urlsplit(settings.PUBLIC_ORIGIN)
    port = f":{public.port}" if public.port else ""
    return f"{public.scheme}://{company.own_host}{port}", ""


def origin_of(company: Company) -> str:
    """Where the company's pages are."""
    return "".join(base_of(company))


@contextmanager
def below(prefix: str) -> Iterator[None]:
    """Have every address that the body builds begin with this: `/p/castro-lima`, or nothing."""
    before = get_script_prefix()
    set_script_prefix(f"{prefix}/")
    try:
        yield
    finally:
        set_script_prefix(before)


def whole_address(company: Company, language: str, name: str, *args: Any) -> str:
    """The address of a page of a company in a public language, for a mail or a document."""
    origin, prefix = base_of(company)
    with below(prefix), translation.override(company.spoken(language)):
        return f"{origin}{reverse(name, args=args)}"


def record_address(company: Company, language: str, record: PortalRecord) -> str:
    """The address of a record's page in the customer's area."""
    origin, prefix = base_of(company)
    with below(prefix), translation.override(company.spoken(language)):
        return f"{origin}{record.record_url()}"


def register_address(record: PortalRecord) -> str:
    """The address of a record's page in the back office; of the start where it has no register."""
    meta = record._meta
    row: Any = record
    with below(""):
        name = f"{meta.app_label}_{meta.model_name}_modeladmin_inspect"
        with suppress(NoReverseMatch):
            return f"{settings.PUBLIC_ORIGIN}{reverse(name, args=[row.pk])}"
        return f"{settings.PUBLIC_ORIGIN}{reverse('wagtailadmin_home')}"


def home_address(company: Company, language: str) -> str:
    """The address of a company's home page."""
    return f"{origin_of(company)}/{language}/"
