"""Taking in tables from elsewhere: read, mapped to columns, looked at without writing, and then loaded as a job.

A module declares what it takes in in its `imports.py` (`ImportKind`); nothing here knows a module.
"""
