"""The addresses of a company's pages by name, read from the resolver: those of a new module are among them.

A page of the customer's area is named after its address' name: `billing:notes` is `my_billing_notes`. A page of
the back office is `admin_billing_ageing`; a register's or a catalogue's list is `register_<app>_<model>`, with
`_row`, `_edit` and `_new` beside it where there are such pages. A page of one record of a customer is named by the
module that shows it, which knows whose record it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import DateTimeField
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.snippets.models import get_snippet_models

from portal_modules.core.addresses import whole_address
from portal_modules.core.admin.registers import Register, registers
from portal_modules.core.companies import modules_on
from portal_modules.core.demo import staff_address
from portal_modules.core.languages import PublicLanguagePattern
from portal_modules.core.models import Company
from portal_modules.core.modules import modules

# What nobody opens by its address: parts of a page, what is only sent to, what leads on.
_NO_PAGE_OF_CUSTOMERS = frozenset(
    {
        "accounts:choose_customer",
        "accounts:everywhere",  # not for everybody: the module names it where it is there
        "billing:monthly_packs",
        "billing:papers",
        "my_cards",
        "notifications:look_at_all",
        "processes:choose",
        "processes:write",
    }
)
_NO_PAGE_OF_STAFF = re.compile(
    r"results|choose|chosen|_api:|javascript|sprite|_css|colour|autocomplete|preview|dismissibles|error_test|login"
    r"|logout|forgotten|password_reset|ask_now|process_import|core_compan|core_group|sites:|locales:|users|workflows:|staff_factor"
)
# A conversation opens on its record's page, a published legal text only to be read.
_LEADING_ON = frozenset({"register_conversations_thread_row", "register_accounts_legaltext_edit"})
_OF_REGISTERS = re.compile(r"_modeladmin_(?:index|create|bulk)$|^wagtailsnippets_")


def customer_pages(company: Company) -> dict[str, str]:
    """The pages of the customer's area that are about no single record."""
    return {
        _named("my", name): whole_address(company, company.language, name)
        for name, route in _without_places(_of_companies())
        if route.startswith("my/")
        and name not in _NO_PAGE_OF_CUSTOMERS
        and _is_on(company, name.partition(":")[0])
    }


def office_pages(company: Company) -> dict[str, str]:
    """The pages of the back office that are about no single row."""
    return {
        _named("admin", name): staff_address(name)
        for name, route in _without_places(get_resolver().url_patterns)
        if route.startswith("admin/")
        and not _NO_PAGE_OF_STAFF.search(name)
        and not _OF_REGISTERS.search(name)
        and _is_on(company, name.partition("_")[0])
    }


def register_pages(company: Company, user: Any) -> dict[str, str]:
    """Of each register and catalogue its list, the form for a new row, and the first row's own pages.

    Named are those that this person may open; the company has to be in scope.
    """
    found: dict[str, str] = {}
    for register in registers.values():
        if _is_on(company, register.opts.app_label):
            found |= _pages_of_register(register, user)
    for model in get_snippet_models():
        if _is_on(company, model._meta.app_label):
            found |= _pages_of_catalogue(model, user)
    return {name: url for name, url in found.items() if name not in _LEADING_ON}


def _pages_of_register(register: Register, user: Any) -> dict[str, str]:
    label, model = register.opts.app_label, register.opts.model_name
    name, address, may = (
        f"register_{label}_{model}",
        f"{label}_{model}_modeladmin",
        register.permission_helper,
    )
    found = {name: staff_address(f"{address}_index")}
    if may.user_can_create(user):
        found[f"{name}_new"] = staff_address(f"{address}_create")
    row = _oldest(register.model)
    if row is not None:
        found[f"{name}_row"] = staff_address(f"{address}_inspect", row.pk)
        if may.user_can_edit_obj(user, row):
            found[f"{name}_edit"] = staff_address(f"{address}_edit", row.pk)
    return found


def _pages_of_catalogue(model: Any, user: Any) -> dict[str, str]:
    catalogue, name = model.snippet_viewset, f"register_{model._meta.app_label}_{model._meta.model_name}"
    may = catalogue.permission_policy.user_has_permission
    found = {name: staff_address(catalogue.get_url_name("list"))}
    if may(user, "add"):
        found[f"{name}_new"] = staff_address(catalogue.get_url_name("add"))
    row = _oldest(model)
    if row is not None and may(user, "change"):
        found[f"{name}_edit"] = staff_address(catalogue.get_url_name("edit"), row.pk)
    return found


def _oldest(model: Any) -> Any:
    """The same row tomorrow, whatever is added."""
    days = [
        each.name
        for each in model._meta.concrete_fields
        if isinstance(each, DateTimeField) and each.auto_now_add
    ]
    return model._default_manager.order_by(*days[:1], "pk").first()


def _is_on(company: Company, label: str) -> bool:
    return label not in modules or label in modules_on(company.pk)


def _named(prefix: str, name: str) -> str:
    """`my_billing_notes` of `billing:notes`; the name of a library is no word for people."""
    words = re.sub(r"\Awagtail(?:admin)?_?|my_", "", name)
    return re.sub(r"\W", "_", f"{prefix}_{words}")


def _of_companies() -> list[Any]:
    """The patterns below the language."""
    return [
        inner
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and isinstance(pattern.pattern, PublicLanguagePattern)
        for inner in pattern.url_patterns
    ]


def _without_places(patterns: list[Any], namespace: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    """Name and route of every named address that takes no value."""
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        if "<" in route:
            continue
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from _without_places(pattern.url_patterns, inner, route)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join(filter(None, (namespace, pattern.name))), route
