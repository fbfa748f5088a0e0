"""What the accounts mail: at the doors, to who is asked in, and about one's own login."""

from . import doors, own, returning, sharing

__all__ = ["doors", "own", "returning", "sharing"]
