#!/usr/bin/env python3
"""Every administrative command of the site: `manage.py help` lists them."""

import os
import sys

# These change tables, the record of migrations, or people outside of any company: they connect as the owner,
# the only role that may. All other commands connect as the application does, behind the walls.
OWNER_COMMANDS = frozenset(
    {
        "createsuperuser",
        "changepassword",
        "migrate",
        "makemigrations",
        "sqlmigrate",
        "showmigrations",
        "squashmigrations",
        "dbshell",
    }
)


def main() -> None:
    """Run one command with the embedded settings, unless the environment names others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.embedded")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ["BALCAO_CONNECT_AS"] = "owner"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
