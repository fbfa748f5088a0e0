"""Visitors read no news that is for customers only."""

from django.db import migrations

from cms.walls import FOR_VISITORS, wall_groups
from portal_modules.core.walls import OWN_COMPANY


class Migration(migrations.Migration):
    dependencies = [("news", "0003_whom_it_is_for"), ("customers", "0002_wall_the_customers")]

    operations = [
        migrations.RunSQL(
            f"alter policy visitor on news_newspage using ({FOR_VISITORS}) with check ({FOR_VISITORS})",
            f"alter policy visitor on news_newspage using ({OWN_COMPANY}) with check ({OWN_COMPANY})",
        ),
        *wall_groups("news_newspage_groups"),
    ]
