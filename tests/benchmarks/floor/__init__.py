"""The floor: what Django, its ORM and its templates cost for a page like the lookup's, and nothing else.

A project as `startproject` makes it. One request finds one of a million rows by its number, then its
eight children, and fills a template of 20 kB.
"""
