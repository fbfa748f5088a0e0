"""How a company is set up by its own people: its card, its look, its channels, and what is switched on.

The company's staff scope has to be in force.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal
from portal_modules.core.models import Company, CompanyModule, CompanySetting
from portal_modules.core.modules import Function, PortalModule, modules, switched_on

from .log import log


class AlwaysOn(Refusal):
    """The module cannot be switched off."""

    sentence = _("This module is part of the ground floor, and is always on.")


class NeededByOthers(Refusal):
    """Others would stop working."""

    def __init__(self, others: list[PortalModule]) -> None:
        names = ", ".join(str(module.title) for module in others)
        super().__init__(
            _("Other modules need this one: %(names)s. Switch them off first.") % {"names": names}
        )


@transaction.atomic
def change_company(company: Company, *, by: Any | None, **values: Any) -> Company:
    """Change fields of the company's own row. Raises `ValidationError` for a wrong one."""
    locked = Company.objects.select_for_update().get(pk=company.pk)
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    if changed:
        for name in changed:
            setattr(locked, name, values[name])
        locked.full_clean(exclude=["site"])
        locked.save(update_fields=changed)
        log("core.change_company", locked, by=by, fields=sorted(changed))
    return locked


@transaction.atomic
def switch_module(company: Company, label: str, *, on: bool, by: Any | None) -> list[PortalModule]:
    """Switch a module on, with those that it needs, or off. Returns what changed; no data is touched.

    Raises `AlwaysOn`, and `NeededByOthers` where a module that is on would stop working.
    """
    Company.objects.select_for_update().get(pk=company.pk)
    module = modules.get(label)
    if not module.optional:
        raise AlwaysOn
    are_on = switched_on(company, dict(CompanyModule.objects.values_list("module", "is_on")))
    if on:
        changing = [each for each in (*modules.requirements(label), module) if each.label not in are_on]
    else:
        needing = [each for each in modules.dependants(label) if each.label in are_on]
        if needing:
            raise NeededByOthers(needing)
        changing = [module] if label in are_on else []
    for each in changing:
        if each.optional:
            CompanyModule.objects.update_or_create(module=each.label, defaults={"is_on": on})
            log("core.switch_module", company, by=by, module=each.label, on=on)
    return changing


@transaction.atomic
def switch_function(company: Company, function: Function, *, on: bool, by: Any | None) -> None:
    """Switch a part of a module that customers see, on or off."""
    name = f"function:{function.name}"
    kept = CompanySetting.objects.filter(name=name, level="").values_list("value", flat=True).first()
    if bool(function.default if kept is None else kept) == on:
        return
    CompanySetting.objects.update_or_create(name=name, level="", defaults={"value": on})
    log("core.switch_function", company, by=by, function=function.name, on=on)
