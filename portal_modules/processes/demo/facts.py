"""The shapes in which the demo's processes are written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from portal_modules.core.demo import Words

from ..choices import ProcessState

NOTHING: Words = ("", "", "")


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """A phase in the customer's words."""

    name: Words
    description: Words
    action: Words = NOTHING


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Something that the office wrote: so many days after a phase began; without one, so many days ago."""

    phase: str
    days: int
    title: Words
    body: Words
    is_marked: bool = True


@dataclass(frozen=True, slots=True)
class KindFacts:
    """A kind of business, with the keys of its phases and the days that each usually takes."""

    name: Words
    description: Words
    steps: Sequence[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """One process: whose, of which kind, in which phase, and how much of its usual time it has been there.

    `notices` are keys; those of phases that it has not reached are left out.
    """

    email: str
    kind: str
    step: int
    share: float
    notices: Sequence[str] = ()
    state: ProcessState = ProcessState.OPEN
    title: str = ""


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """All that one company works on."""

    phases: dict[str, PhaseFacts]
    kinds: dict[str, KindFacts]
    matters: Sequence[MatterFacts]
    notices: dict[str, NoticeFacts] = field(default_factory=dict)
