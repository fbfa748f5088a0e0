"""What is gone when a module is switched off: asked before it is, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.text import capfirst

from portal_modules.core.admin.registers import registers
from portal_modules.core.companies import CompanyCard
from portal_modules.core.modules import PortalModule, modules
from portal_modules.core.presence import attempt, how_many, impatience


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of a register that stay and are not seen; `count` is None where counting took too long."""

    name: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Loss:
    """What one module takes along: pages of customers, registers of staff, mails, and what it adds to others."""

    module: PortalModule
    customers: list[str]
    staff: list[str]
    mails: list[str]
    added_to: list[str]
    kept: list[Kept]


def losses(label: str, card: CompanyCard) -> list[Loss]:
    """Of a module and of all that are on and cannot be without it, the one that was named first."""
    gone = [modules.get(label), *(each for each in modules.dependants(label) if each.label in card.modules)]
    with impatience():
        return [_loss(module, card) for module in gone]


def _loss(module: PortalModule, card: CompanyCard) -> Loss:
    functions = [each.label for each in module.functions if card.is_on(each.name)]
    customers = [str(words) for words in (*(entry.label for entry in module.menu), *functions)]
    own = [each for each in registers.values() if each.opts.app_label == module.label]
    return Loss(
        module=module,
        customers=list(dict.fromkeys(customers)),
        staff=[_name(each) for each in own],
        mails=[str(notice.label) for notice in module.notices],
        added_to=[str(each.title) for each in _bridged(module) if each.label in card.modules],
        kept=_kept(own),
    )


def _kept(own: Sequence[Any]) -> list[Kept]:
    unknown: list[int] = []
    rows = [each.model._default_manager.all() for each in own]
    counts = attempt(partial(how_many, rows), unknown, "how many rows a module has") if rows else unknown
    numbers: list[int | None] = [*counts] or [None] * len(own)
    return [Kept(_name(each), number) for each, number in zip(own, numbers, strict=True) if number != 0]


def _name(register: Any) -> str:
    return str(capfirst(str(register.get_menu_label())))


def _bridged(module: PortalModule) -> list[PortalModule]:
    """The modules that it adds to, and those that add to it."""
    to = {name.rpartition(".")[2] for name in module.bridges()}
    by = {each.label for each in modules if f"{each.name}.{module.label}" in each.bridges()}
    return [each for each in modules if each.label in to | by]
