"""What modules say to a page of all of them: files beside their manifests, found by their presence.

A file `desk` has a module's part of the back office's home, `customer_page` its part of the page of one
customer, `finding` what its search finds. Each is asked only where the module is on, in a savepoint: one that
fails or is slow is left out and logged, and never hides the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from portal_modules.core.modules import PortalModule, modules
from portal_modules.core.presence import attempt


def said(request: Any, room: str, name: str, *about: Any) -> list[Any]:
    """What the function of this name says in the room of each module that is on and has one."""
    found: list[Any] = []
    for module, door in _rooms(request, room):
        if ask := getattr(door, name, None):
            found += attempt(partial(_listed, ask, request, *about), [], f"{room}.{name} of {module.label}")
    return found


def _listed(ask: Any, request: Any, *about: Any) -> list[Any]:
    return list(ask(request, *about))


def _rooms(request: Any, room: str) -> Iterator[tuple[PortalModule, ModuleType]]:
    for module in modules:
        if module.label in request.card.modules and (door := room_of(module.name, room)):
            yield module, door


@cache
def room_of(module_name: str, room: str) -> ModuleType | None:
    """The file of this name of a module; None where it has none."""
    name = f"{module_name}.{room}"
    return import_module(name) if find_spec(name) is not None else None
