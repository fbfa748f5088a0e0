"""Announcements: what an action tells the other modules, in its own transaction.

The payload is ids and the company. Receivers only write rows; everything else is a task.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any

from portal_modules.core.bridges import can_be_silent, has_a_say
from portal_modules.core.exceptions import RegistryError
from portal_modules.core.together import later

Receiver = Callable[..., None]
ReceiverOfMany = Callable[[list[dict[str, Any]]], None]
# Tells which modules are on in the company of an id. `core.companies` registers it.
switches_source: list[Callable[[int], frozenset[str]]] = []


class EventRegistry:
    """Events by name, each declared once, and who listens."""

    def __init__(self) -> None:
        self._declared: dict[str, frozenset[str]] = {}
        self._receivers: dict[str, list[Receiver]] = defaultdict(list)

    def declare(self, name: str, *fields: str) -> str:
        """Declare an event and the ids that it carries."""
        if name in self._declared:
            raise RegistryError(f"The event {name!r} is declared twice.")
        self._declared[name] = frozenset(fields)
        return name

    def receive(self, name: str) -> Callable[[Receiver], Receiver]:
        """Have a function called, in the same transaction, when the event is announced."""

        def add(receiver: Receiver) -> Receiver:
            if receiver not in self._receivers[name]:
                self._receivers[name].append(receiver)
            return receiver

        return add

    def receive_many(self, name: str) -> Callable[[ReceiverOfMany], ReceiverOfMany]:
        """The same, for who does for many at once what each would cost: called with a list of what was announced.

        Where many rows are changed `together` it is called at the end, and else with a list of one.
        """

        def add(receiver: ReceiverOfMany) -> ReceiverOfMany:
            @wraps(receiver)
            def each(**payload: Any) -> None:
                later(receiver, payload)

            self.receive(name)(each)
            return receiver

        return add

    def announce(self, name: str, **payload: Any) -> None:
        """Tell all receivers; what is not declared is an error."""
        if name not in self._declared:
            known = ", ".join(sorted(self._declared)) or "none"
            raise RegistryError(f"There is no event {name!r}; known: {known}.")
        if missing := self._declared[name] ^ payload.keys():
            raise RegistryError(
                f"The event {name!r} carries {sorted(self._declared[name])}; wrong: {sorted(missing)}."
            )
        for receiver in self._those_who_listen(name, payload):
            receiver(**payload)

    def _those_who_listen(self, name: str, payload: dict[str, Any]) -> list[Receiver]:
        """Without those of modules that are off in the company; whoever announces is on."""
        found = list(self._receivers[name])
        sender = name.partition(".")[0]
        if not any(can_be_silent(receiver, beside=sender) for receiver in found):
            return found
        (modules_on,) = switches_source
        on = modules_on(payload["company_id"]) | {sender}
        return [receiver for receiver in found if has_a_say(receiver, on)]

    def __iter__(self) -> Any:
        return iter(self._declared)


events = EventRegistry()
