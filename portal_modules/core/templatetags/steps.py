"""The steps of a way, which are many nodes of a template: rendered once for each form, and filled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal_modules.core.patterns import Pattern
from portal_modules.core.templatetags.days import day

register = template.Library()

_STEP = Pattern("components/step.html", texts=("number", "name", "day", "text"))


@register.simple_tag(takes_context=True)
def steps_of(context: Any, steps: Iterable[Any]) -> SafeString:
    """`{% steps_of way.steps %}`: each with name, description, state and the day on which it was entered, or None."""
    card = getattr(getattr(context, "request", None), "card", None)
    return SafeString("".join(_step(card, number, step) for number, step in enumerate(steps, 1)))


def _step(card: Any, number: int, step: Any) -> SafeString:
    # A step that is to come was not entered, whatever was noted before it went back.
    entered = None if step.state == "coming" else step.entered_on
    form = {"state": step.state, "has_day": entered is not None, "has_text": bool(step.description)}
    words = {"number": number, "name": step.name, "day": day(entered), "text": step.description}
    return _STEP.fill(card, form, words)
