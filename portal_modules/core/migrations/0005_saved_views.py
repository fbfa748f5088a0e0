"""The views that people keep of a register."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal_modules.core.models.owned
from portal_modules.core.pg.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_wall_the_libraries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="SavedView",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("register", models.CharField(max_length=80)),
                    ("name", models.CharField(max_length=60, verbose_name="name")),
                    ("query", models.CharField(blank=True, max_length=2000)),
                    ("is_shared", models.BooleanField(default=False, verbose_name="for everybody")),
                    ("created_at", models.DateTimeField(auto_now_add=True)),
                    (
                        "company",
                        models.ForeignKey(
                            db_default=portal_modules.core.models.owned.CurrentCompany(),
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.company",
                        ),
                    ),
                    (
                        "owner",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "kept view",
                    "verbose_name_plural": "kept views",
                    "ordering": ["name", "pk"],
                },
            ),
            migrations.CreateModel(
                name="UsualView",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("register", models.CharField(max_length=80)),
                    (
                        "company",
                        models.ForeignKey(
                            db_default=portal_modules.core.models.owned.CurrentCompany(),
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.company",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "view",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="core.savedview",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "usual view",
                    "verbose_name_plural": "usual views",
                },
            ),
            migrations.AddConstraint(
                model_name="savedview",
                constraint=models.UniqueConstraint(
                    fields=("company", "register", "owner", "name"),
                    name="core_one_view_per_name",
                    violation_error_message="You have a view of this name already.",
                ),
            ),
            migrations.AddConstraint(
                model_name="savedview",
                constraint=models.UniqueConstraint(fields=("company", "id"), name="core_view_of_company"),
            ),
            migrations.AddConstraint(
                model_name="usualview",
                constraint=models.UniqueConstraint(
                    fields=("company", "register", "user"), name="core_one_usual_view_per_person"
                ),
            ),
        ),
    ]
