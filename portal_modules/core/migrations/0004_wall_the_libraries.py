"""Walls around the tables of Wagtail and the other libraries.

Most get a column `company_id` that fills itself and that Django never learns of. The dependencies name
each library's newest migration: in an empty database the tables would not be there yet otherwise. What
is shared on purpose is named, with the reason, in `core/unwalled.py`.
"""

from django.db import migrations

from portal_modules.core.walls import (
    COLLECTIONS,
    COLLECTIONS_AND_TOP,
    EVERYTHING,
    OWN_COMPANY,
    ROOTS,
    ROOTS_AND_TOP,
    WRITE,
    Right,
    company_column,
    wall,
)

COMPANY_READS = Right(OWN_COMPANY)
COLLEAGUES = "user_id in (select user_id from core_staffmembership)"

# Staff of a company use them; nobody else does. The second part: unique in a company from now on.
STAFF_ONLY: dict[str, list[tuple[str, ...]]] = {
    "auth_group": [("name",)],
    "taggit_tag": [("name",), ("slug",)],
    "taggit_taggeditem": [],
    "wagtail_localize_overridablesegment": [],
    "wagtail_localize_relatedobjectsegment": [],
    "wagtail_localize_segmentoverride": [],
    "wagtail_localize_string": [("locale_id", "data_hash")],
    "wagtail_localize_stringsegment": [],
    "wagtail_localize_stringtranslation": [],
    "wagtail_localize_template": [("uuid",)],
    "wagtail_localize_templatesegment": [],
    "wagtail_localize_translatableobject": [],
    "wagtail_localize_translation": [],
    "wagtail_localize_translationcontext": [],
    "wagtail_localize_translationlog": [],
    "wagtail_localize_translationsource": [],
    "wagtailadmin_editingsession": [],
    "wagtailadmin_formstate": [],
    "wagtailcore_comment": [],
    "wagtailcore_commentreply": [],
    "wagtailcore_groupapprovaltask_groups": [],
    "wagtailcore_groupcollectionpermission": [],
    "wagtailcore_grouppagepermission": [],
    "wagtailcore_groupsitepermission": [],
    "wagtailcore_modellogentry": [],
    "wagtailcore_pagelogentry": [],
    "wagtailcore_pagesubscription": [],
    "wagtailcore_revision": [],
    "wagtailcore_task": [],
    "wagtailcore_groupapprovaltask": [],
    "wagtailcore_taskstate": [],
    "wagtailcore_uploadedfile": [],
    "wagtailcore_workflow": [],
    "wagtailcore_workflowcontenttype": [],
    "wagtailcore_workflowpage": [],
    "wagtailcore_workflowstate": [],
    "wagtailcore_workflowtask": [],
    "wagtailcore_collectionviewrestriction_groups": [],
    "wagtailcore_pageviewrestriction_groups": [],
    "auth_group_permissions": [],
    "wagtailsearch_indexentry": [],
    "wagtailembeds_embed": [("hash",)],
}
# Public pages read these too.
ALSO_PUBLIC = [
    "wagtailcore_collectionviewrestriction",
    "wagtailcore_pageviewrestriction",
    "wagtailcore_site",
    "wagtailredirects_redirect",
]

# Of a page the public sees what is live; staff see their company's, and write below its homes.
PAGES = [
    "create index wagtailcore_page_home on wagtailcore_page (substr(path, 1, 8))",
    "alter table wagtailcore_page enable row level security",
    "alter table wagtailcore_page force row level security",
    "create policy owner on wagtailcore_page to balcao_owner using (true) with check (true)",
    f"create policy staff_reads on wagtailcore_page for select to balcao_staff using (substr(path, 1, 8) = {ROOTS_AND_TOP})",
    *(
        f"create policy staff_{verb}s on wagtailcore_page for {verb} to balcao_staff {condition}"
        for verb, condition in (
            ("insert", f"with check (substr(path, 1, 8) = {ROOTS})"),
            ("update", f"using (substr(path, 1, 8) = {ROOTS}) with check (substr(path, 1, 8) = {ROOTS})"),
            ("delete", f"using (substr(path, 1, 8) = {ROOTS})"),
        )
    ),
    *(
        f"create policy {role} on wagtailcore_page for select to balcao_{role} "
        f"using (substr(path, 1, 8) = {ROOTS_AND_TOP} and live)"
        for role in ("portal", "visitor")
    ),
    "grant select on wagtailcore_page to balcao_portal, balcao_visitor",
    "alter table wagtailcore_collection enable row level security",
    "alter table wagtailcore_collection force row level security",
    "create policy owner on wagtailcore_collection to balcao_owner using (true) with check (true)",
    f"create policy staff_reads on wagtailcore_collection for select to balcao_staff "
    f"using (substr(path, 1, 8) = {COLLECTIONS_AND_TOP})",
    *(
        f"create policy staff_{verb}s on wagtailcore_collection for {verb} to balcao_staff {condition}"
        for verb, condition in (
            ("insert", f"with check (substr(path, 1, 8) = {COLLECTIONS})"),
            ("update", f"using (substr(path, 1, 8) = {COLLECTIONS}) with check (substr(path, 1, 8) = {COLLECTIONS})"),
            ("delete", f"using (substr(path, 1, 8) = {COLLECTIONS})"),
        )
    ),
    *(
        f"create policy {role} on wagtailcore_collection for select to balcao_{role} "
        f"using (substr(path, 1, 8) = {COLLECTIONS_AND_TOP})"
        for role in ("portal", "visitor")
    ),
    "grant select on wagtailcore_collection to balcao_portal, balcao_visitor",
]
NO_PAGES = [
    "drop index wagtailcore_page_home",
    *(
        f"drop policy {policy} on {table}"
        for table in ("wagtailcore_page", "wagtailcore_collection")
        for policy in ("owner", "staff_reads", "staff_inserts", "staff_updates", "staff_deletes", "portal", "visitor")
    ),
    *(
        f"alter table {table} no force row level security; alter table {table} disable row level security"
        for table in ("wagtailcore_page", "wagtailcore_collection")
    ),
]

# The history's context (who, from which page) is written by the trigger's function, whoever acts.
CONTEXT = [
    "alter function _pgh_attach_context() security definer set search_path = public, pg_temp",
]
NO_CONTEXT = ["alter function _pgh_attach_context() security invoker"]

SHARED = [
    "grant select on wagtailcore_locale, django_content_type, auth_permission to balcao_portal, balcao_visitor",
    "grant select, insert, update, delete on django_session to balcao_portal, balcao_visitor",
    "revoke all on django_migrations, django_admin_log, wagtailcore_apitoken, wagtail_localize_localesynchronization, "
    "wagtailimages_image, wagtailimages_rendition, wagtaildocs_document, users_user_user_permissions from balcao_staff",
    "revoke insert, update, delete on wagtailcore_locale, django_content_type, auth_permission from balcao_staff",
]


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_drop_the_starters"),
        ("users", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("django_rq", "0003_alter_dashboard_permission_names"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("sessions", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("usersessions", "0001_initial"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailembeds", "0009_embed_cache_until"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
        ("users", "0001_initial"),
    ]

    operations = [
        *(company_column(table, unique) for table, unique in STAFF_ONLY.items()),
        *(wall(table) for table in STAFF_ONLY),
        *(company_column(table) for table in ALSO_PUBLIC),
        *(wall(table, portal=COMPANY_READS, visitor=COMPANY_READS) for table in ALSO_PUBLIC),
        # One save of a page writes which images it shows: both are rows of one company.
        company_column("wagtailcore_referenceindex"),
        wall("wagtailcore_referenceindex"),
        migrations.RunSQL(PAGES, NO_PAGES),
        # Before anybody is known the doors look people up by their address; behind them staff see colleagues.
        wall(
            "users_user",
            staff=Right("id in (select user_id from core_staffmembership)", ("select", "update")),
            portal=Right(EVERYTHING, ("select", "insert", "update")),
        ),
        wall("users_user_groups", staff=Right(COLLEAGUES, WRITE)),
        wall("wagtailusers_userprofile", staff=Right(COLLEAGUES, WRITE)),
        *(
            wall(table, staff=Right(COLLEAGUES), portal=Right(EVERYTHING, WRITE))
            for table in ("account_emailaddress", "mfa_authenticator", "usersessions_usersession")
        ),
        wall("account_emailconfirmation", staff=None, portal=Right(EVERYTHING, WRITE)),
        company_column("pghistory_context"),
        wall("pghistory_context", staff=Right(OWN_COMPANY)),
        migrations.RunSQL(CONTEXT, NO_CONTEXT),
        migrations.RunSQL(SHARED, migrations.RunSQL.noop),
    ]
