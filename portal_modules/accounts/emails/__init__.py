"""What the accounts mail: at the doors, to who is asked in, and about one's own login."""

from . import doors, own, sharing

__all__ = ["doors", "own", "sharing"]
