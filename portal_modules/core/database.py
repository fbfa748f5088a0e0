"""What a migration needs of the database around it."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models.signals import pre_migrate


def grant_to_staff_from_now_on(sender: Any, using: str, **kwargs: Any) -> None:
    """Give the staff role every table that the owner will make: the walls decide which rows.

    It has to be said before the first table is there, and per database. The portal and the visitor
    get tables by name, in the migration that walls them.
    """
    connection = connections[using]
    if connection.vendor != "postgresql" or connection.settings_dict["USER"] != "balcao_owner":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "alter default privileges in schema public grant select, insert, update, delete on tables to balcao_staff"
        )
        cursor.execute(
            "alter default privileges in schema public grant usage, select on sequences "
            "to balcao_staff, balcao_portal, balcao_visitor"
        )


def connect() -> None:
    """Have it said before each migrate."""
    pre_migrate.connect(grant_to_staff_from_now_on, dispatch_uid="core.grant_to_staff_from_now_on")
