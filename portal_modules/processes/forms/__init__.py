"""The forms of processes."""

from .lookup import LookupForm, LostNumberForm
from .reviews import ReviewForm

__all__ = ["LookupForm", "LostNumberForm", "ReviewForm"]
