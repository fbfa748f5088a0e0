import django.db.models.deletion
from django.db import migrations, models

import portal_modules.core.models.owned
from portal_modules.core.pg.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0016_find_by_uuid"),
        ("notifications", "0008_not_arrived"),
    ]

    operations = [
        Together(
            migrations.AddField(
                model_name="outboxmessage",
                name="provider_id",
                field=models.CharField(blank=True, default="", editable=False, max_length=200),
                preserve_default=False,
            ),
            migrations.AddIndex(
                model_name="outboxmessage",
                index=models.Index(
                    condition=models.Q(("provider_id", ""), _negated=True),
                    fields=["company", "provider_id"],
                    name="notifications_by_provider_id",
                ),
            ),
            migrations.CreateModel(
                name="MailHook",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("provider", models.CharField(max_length=20, verbose_name="provider")),
                    ("secret", models.BinaryField()),
                    ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed on")),
                    (
                        "told_at",
                        models.DateTimeField(
                            blank=True, editable=False, null=True, verbose_name="told last on"
                        ),
                    ),
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
                ],
                options={
                    "verbose_name": "word of mails that came back",
                    "verbose_name_plural": "word of mails that came back",
                    "ordering": ["provider"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("company", "provider"), name="notifications_one_hook_per_provider"
                        )
                    ],
                },
            ),
        ),
    ]
