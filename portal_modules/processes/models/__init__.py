"""Processes: matters that an office carries through phases for a customer."""

from .kinds import ChecklistItem, Phase, PhaseDuration, ProcessKind
from .processes import Notice, PhaseEntry, Process
from .reviews import ReviewRequest, ReviewSubject

__all__ = [
    "ChecklistItem",
    "Notice",
    "Phase",
    "PhaseDuration",
    "PhaseEntry",
    "Process",
    "ProcessKind",
    "ReviewRequest",
    "ReviewSubject",
]
