"""A service of others names a company by its uuid, before anybody is known."""

from django.db import migrations

from portal_modules.core.walls import finder


class Migration(migrations.Migration):
    dependencies = [("core", "0015_company_uuid")]

    operations = [
        finder(
            "core_company_by_uuid",
            "wanted uuid",
            "table (id bigint, version bigint, is_closed boolean)",
            "select id, version, closed_at is not null from core_company where uuid = wanted",
            ("portal",),
        ),
    ]
