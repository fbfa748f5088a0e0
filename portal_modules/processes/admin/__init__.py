"""Processes in the back office: registers, what staff do with their rows, and the catalogues."""

from .kinds import ProcessKindCatalogue
from .processes import ProcessRegister
from .reviews import ReviewRegister, ReviewSubjectCatalogue

__all__ = ["ProcessKindCatalogue", "ProcessRegister", "ReviewRegister", "ReviewSubjectCatalogue"]
