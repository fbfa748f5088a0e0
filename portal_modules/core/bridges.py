"""Whose code it is: what a module registers has a say only where the module is on.

What a module adds to another lives in a file named after the other (`sales/billing.py`), and has a say only
where both are on. What registers functions of modules (events, parts of pages) asks here before it calls one.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import cache
from typing import Any

from portal_modules.core.modules import modules


@cache
def modules_behind(dotted: str) -> frozenset[str]:
    """The modules whose switches decide about the code of a file: its own, and the one it is named after.

    `portal_modules.sales.billing` gives sales and billing; what is of no module, nothing.
    """
    for module in modules:
        if dotted == module.name or dotted.startswith(f"{module.name}."):
            inside = dotted.removeprefix(module.name).split(".")
            return frozenset({module.label, *(part for part in inside if part in modules)})
    return frozenset()


def has_a_say(function: Callable[..., Any], on: Set[str]) -> bool:
    """Is all that a function belongs to switched on?"""
    return modules_behind(function.__module__) <= on


def can_be_silent(function: Callable[..., Any], beside: str = "") -> bool:
    """Is there a company in which a function has no say? `beside` is a module that is on for certain."""
    return any(modules.get(label).optional for label in modules_behind(function.__module__) - {beside})
