"""How a company is set up by its own people: its card, its look, its channels, and what is switched on.

The company's staff scope has to be in force.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal
from portal_modules.core.models import Company, CompanyModule, CompanySetting
from portal_modules.core.modules import (
    Function,
    PortalModule,
    Setting,
    SettingKind,
    modules,
    switched_on,
)
from portal_modules.core.settled import declared

from .log import log


class AlwaysOn(Refusal):
    """The module cannot be switched off."""

    sentence = _("This module is part of the ground floor, and is always on.")


class NeededByOthers(Refusal):
    """Others would stop working."""

    def __init__(self, others: list[PortalModule]) -> None:
        self.others = others
        names = ", ".join(str(module.title) for module in others)
        super().__init__(
            _("Other modules need this one: %(names)s. Switch them off first.") % {"names": names}
        )


class SettingRefused(Refusal):
    """A value that the setting cannot have, or not for whom it was meant."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(_("“%(label)s” cannot have this value.") % {"label": setting.label})


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
def switch_module(
    company: Company, label: str, *, on: bool, by: Any | None, with_dependants: bool = False
) -> list[PortalModule]:
    """Switch a module on, with those that it needs, or off. Returns what changed; no data is touched.

    Raises `AlwaysOn`, and `NeededByOthers` where a module that is on would stop working, unless those are to be
    switched off `with_dependants`.
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
        if needing and not with_dependants:
            raise NeededByOthers(needing)
        changing = [*reversed(needing), *([module] if label in are_on else [])]
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


@transaction.atomic
def change_settings(
    company: Company,
    values: Mapping[str, Any],
    *,
    level: str = "",
    inherited: Collection[str] = (),
    by: Any | None,
) -> list[str]:
    """Give settings values at a level (see `core.settled`), and have others inherit. Returns what changed.

    Raises `SettingRefused` where a value is none that the setting can have.
    """
    Company.objects.select_for_update().get(pk=company.pk)
    kept = dict(CompanySetting.objects.filter(level=level).values_list("name", "value"))
    changed = []
    for name, value in values.items():
        _check(declared(name), value, level)
        if name not in kept or kept[name] != value:
            CompanySetting.objects.update_or_create(name=name, level=level, defaults={"value": value})
            changed.append(name)
    gone = [name for name in inherited if name in kept]
    if gone:
        CompanySetting.objects.filter(level=level, name__in=gone).delete()
    if changed or gone:
        log(
            "core.change_settings",
            company,
            by=by,
            level=level,
            changed=sorted(changed),
            inherited=sorted(gone),
        )
    return sorted([*changed, *gone])


def _check(setting: Setting, value: Any, level: str) -> None:
    """Is it a value that this setting can have, and for whom?"""
    fits = {
        SettingKind.YES_OR_NO: isinstance(value, bool),
        SettingKind.NUMBER: type(value) is int and setting.least <= value <= setting.most,
        SettingKind.CHOICE: value in [choice for choice, _label in setting.choices],
        SettingKind.TEXT: isinstance(value, str) and len(value) <= setting.most,
        SettingKind.LIST: isinstance(value, list),
    }
    if not fits[setting.kind] or (level and setting.is_for_all):
        raise SettingRefused(setting)
