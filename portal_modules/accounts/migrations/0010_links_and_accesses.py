"""Share links, and the log of who came and who looked."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import portal_modules.core.models.owned
from portal_modules.core.pg.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_wall_the_waits"),
        ("core", "0017_reasons_in_each_language"),
        ("customers", "0012_search_registers"),
        ("notifications", "0010_wall_the_mail_hooks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="ShareLink",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("record_type", models.CharField(max_length=80)),
                    ("record_id", models.UUIDField()),
                    ("title", models.CharField(max_length=200, verbose_name="what")),
                    (
                        "parts",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=30),
                            default=list,
                            size=None,
                            verbose_name="parts",
                        ),
                    ),
                    ("recipient_name", models.CharField(max_length=160, verbose_name="name")),
                    ("recipient_email", models.EmailField(max_length=254, verbose_name="e-mail")),
                    (
                        "language",
                        models.CharField(
                            choices=[("pt", "Portuguese"), ("es", "Spanish"), ("en", "English")],
                            max_length=2,
                            verbose_name="language",
                        ),
                    ),
                    ("until", models.DateTimeField(verbose_name="until")),
                    ("most_views", models.PositiveSmallIntegerField(verbose_name="times at most")),
                    ("views", models.PositiveSmallIntegerField(default=0, verbose_name="times opened")),
                    ("last_seen_at", models.DateTimeField(blank=True, null=True, verbose_name="last opened")),
                    ("link_hash", models.CharField(editable=False, max_length=64)),
                    (
                        "actor_kind",
                        models.CharField(
                            choices=[
                                ("anonymous", "Visitor"),
                                ("contact", "Customer"),
                                ("access_code", "Access code"),
                                ("link", "Link"),
                                ("staff", "Staff"),
                                ("system", "System"),
                            ],
                            max_length=12,
                            verbose_name="by",
                        ),
                    ),
                    ("sender_name", models.CharField(max_length=160, verbose_name="by")),
                    (
                        "shared_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), verbose_name="shared on"
                        ),
                    ),
                    ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back on")),
                    (
                        "revoked_by_name",
                        models.CharField(blank=True, max_length=160, verbose_name="taken back by"),
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
                    (
                        "customer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="share_links",
                            to="customers.customer",
                            verbose_name="customer",
                        ),
                    ),
                    (
                        "message",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="notifications.outboxmessage",
                            verbose_name="mail",
                        ),
                    ),
                    (
                        "sender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "share link",
                    "verbose_name_plural": "share links",
                    "ordering": ["-shared_at", "pk"],
                },
            ),
            migrations.CreateModel(
                name="AccessEvent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), verbose_name="at"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("signed_in", "Came in"),
                                ("refused", "A sign-in was refused"),
                                ("signed_out", "Left"),
                                ("password_changed", "Password changed"),
                                ("factor_added", "Second factor set up"),
                                ("factor_removed", "Second factor removed"),
                                ("link_shared", "A link was shared"),
                                ("link_opened", "A shared link was opened"),
                                ("link_revoked", "A shared link was taken back"),
                                ("viewed_as", "The company looked at the portal as you see it"),
                                ("view_ended", "The company stopped looking"),
                            ],
                            max_length=20,
                            verbose_name="what",
                        ),
                    ),
                    (
                        "actor_kind",
                        models.CharField(
                            choices=[
                                ("anonymous", "Visitor"),
                                ("contact", "Customer"),
                                ("access_code", "Access code"),
                                ("link", "Link"),
                                ("staff", "Staff"),
                                ("system", "System"),
                            ],
                            max_length=12,
                            verbose_name="by",
                        ),
                    ),
                    ("actor_name", models.CharField(blank=True, max_length=160, verbose_name="name")),
                    ("about", models.CharField(blank=True, max_length=200, verbose_name="about")),
                    (
                        "methods",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20), default=list, size=None
                        ),
                    ),
                    ("level", models.PositiveSmallIntegerField(null=True)),
                    ("place", models.CharField(blank=True, max_length=60, verbose_name="from")),
                    ("user_agent", models.CharField(blank=True, max_length=250, verbose_name="browser")),
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
                        "customer",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="customers.customer",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "access",
                    "verbose_name_plural": "accesses",
                    "ordering": ["-at", "-pk"],
                    "indexes": [
                        models.Index(fields=["user", "-at"], name="accounts_accesses_of_user"),
                        models.Index(fields=["customer", "-at"], name="accounts_accesses_of_customer"),
                        models.Index(fields=["company", "at"], name="accounts_accesses_by_age"),
                    ],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="accessevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="keep_accesses",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="19802723728227da10fba30d02b886c94f35eb59",
                        operation="UPDATE",
                        pgid="pgtrigger_keep_accesses_b14ab",
                        table="accounts_accessevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="accessevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="keep_accesses_for_a_month",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.at > now() - interval '30 days')",
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="08ccfe05122ec7b7f759ff90f07789f6df213515",
                        operation="DELETE",
                        pgid="pgtrigger_keep_accesses_for_a_month_838bb",
                        table="accounts_accessevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddIndex(
                model_name="sharelink",
                index=models.Index(
                    fields=["company", "record_type", "record_id"], name="accounts_links_of_record"
                ),
            ),
            migrations.AddIndex(
                model_name="sharelink",
                index=models.Index(fields=["customer", "-shared_at"], name="accounts_links_of_customer"),
            ),
            migrations.AddConstraint(
                model_name="sharelink",
                constraint=models.CheckConstraint(
                    condition=models.Q(("most_views__gte", 1), ("views__lte", models.F("most_views"))),
                    name="accounts_views_within_limit",
                ),
            ),
        ),
    ]
