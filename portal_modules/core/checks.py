"""House rules that Django checks at every start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from portal_modules.core.exceptions import RegistryError
from portal_modules.core.models import CompanyOwned
from portal_modules.core.modules import modules
from portal_modules.core.records import records


@register(Tags.models)
def check_modules(**kwargs: Any) -> list[CheckMessage]:
    """Each module has its manifest, and the graph of modules holds."""
    found: list[CheckMessage] = []
    try:
        list(modules)
    except RegistryError as error:
        return [Error(str(error), id="balcao.E001")]
    for config in apps.get_app_configs():
        if (
            config.name.startswith("portal_modules.")
            and config.label != "core"
            and config.label not in modules
        ):
            found.append(
                Error(
                    f"{config.name} has no PortalModule in its apps.py.", obj=config.label, id="balcao.E002"
                )
            )
    return found


@register(Tags.models)
def check_owned_models(**kwargs: Any) -> list[CheckMessage]:
    """Default deny: a record says what is visible to whom, and every model of a module has a company."""
    found: list[CheckMessage] = []
    for record in records:
        if not hasattr(record.objects, "visible_to"):
            found.append(
                Error(
                    f"The record {record.record_type()} has no visible_to(access).",
                    obj=record,
                    id="balcao.E003",
                )
            )
    for module in modules:
        for model in apps.get_app_config(module.label).get_models():
            derived = model.__name__.endswith("Event") and hasattr(model, "pgh_tracked_model")
            if module.label != "users" and not derived and not issubclass(model, CompanyOwned):
                found.append(Error(f"{model._meta.label} is not CompanyOwned.", obj=model, id="balcao.E004"))
    return found


@register(Tags.urls)
def check_levels(**kwargs: Any) -> list[CheckMessage]:
    """Every address of a module says which level of proof it needs."""
    return [
        Error(
            f"{name} does not say which level it needs: decorate its view with core.proof.requires.",
            id="balcao.E005",
        )
        for name, view in module_views(get_resolver().url_patterns)
        if getattr(view, "required_level", None) is None
    ]


def module_views(patterns: Sequence[URLPattern | URLResolver], namespace: str = "") -> list[tuple[str, Any]]:
    """The name and view of every address below a module's namespace."""
    found: list[tuple[str, Any]] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = namespace or (pattern.namespace or "")
            if not namespace and inner and inner not in modules:
                continue
            found += module_views(pattern.url_patterns, inner)
        elif namespace:
            found.append((f"{namespace}:{pattern.name}", pattern.callback))
    return found


@register(Tags.security, deploy=True)
def check_secrets(**kwargs: Any) -> list[CheckMessage]:
    """The demo's parts are nowhere but in the demo."""
    if getattr(settings, "DEMO", False):
        return [Error("DEMO is on: these settings are for a demonstration only.", id="balcao.E006")]
    return []
