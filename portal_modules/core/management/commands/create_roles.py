"""`manage.py create_roles`: the roles, the database and its extensions, before the first `migrate`.

For an installation with a PostgreSQL server of its own. Running it again changes nothing but the passwords,
which become those of the environment.
"""

from __future__ import annotations

import os
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from psycopg import sql

from cms.embedded.postgres import prepare_cluster, prepare_database
from cms.settings import environment

# Whose password stands in which variable.
_LOGINS = {"DATABASE_URL": "balcao_app", "DATABASE_OWNER_URL": "balcao_owner"}


class Command(BaseCommand):
    """Connects as the server's administrator, and never shows an address: it holds a password."""

    help = "Make the database roles, the database and its extensions; set the passwords of the two logins."
    requires_system_checks = []  # they may ask the database that is yet to be made

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it all, in an order that can be taken up again after any failure."""
        administrator = settings.DATABASE_ADMIN_URL
        if not administrator.startswith(("postgresql://", "postgres://")):
            raise CommandError(
                "DATABASE_ADMIN_URL is not set: give the address of the server's administrator, "
                "such as postgresql://postgres:password@host/postgres."
            )
        name = settings.DATABASES["default"]["NAME"]
        passwords = _passwords()
        try:
            prepare_cluster(administrator)
            prepare_database(name, administrator)
            _set_passwords(administrator, passwords)
        except psycopg.OperationalError as error:
            raise CommandError(f"The administrator cannot connect: {_first_line(error)}") from None
        except psycopg.errors.InsufficientPrivilege as error:
            raise CommandError(
                f"The login of DATABASE_ADMIN_URL may not do this: {_first_line(error)}. "
                "It needs CREATEROLE and CREATEDB, or to be a superuser."
            ) from None
        except psycopg.ProgrammingError as error:
            if isinstance(error, psycopg.errors.Error) and error.sqlstate:
                raise CommandError(f"The server refuses: {_first_line(error)}") from None
            # The driver quotes what it could not read, and that may be the password.
            raise CommandError("DATABASE_ADMIN_URL cannot be read as an address.") from None
        self.stdout.write(f"The roles and the database {name} are there.")
        for role in passwords:
            self.stdout.write(f"The password of {role} is the one of the environment.")


def _passwords() -> dict[str, str]:
    """The passwords that are given, by role."""
    found = {}
    for variable, role in _LOGINS.items():
        if not os.environ.get(variable, "").strip():
            continue
        database = environment.database(variable)
        if database["USER"] != role:
            raise CommandError(f"{variable} has to connect as {role}, not as {database['USER'] or 'nobody'}.")
        if database["PASSWORD"]:
            found[role] = database["PASSWORD"]
    return found


def _set_passwords(administrator: str, passwords: dict[str, str]) -> None:
    """Send them as the server keeps them: in the clear they would stand in its log."""
    if not passwords:
        return
    with psycopg.connect(administrator, autocommit=True) as connection:
        for role, password in passwords.items():
            kept = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
            connection.execute(
                sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(kept.decode()))
            )


def _first_line(error: psycopg.Error) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
