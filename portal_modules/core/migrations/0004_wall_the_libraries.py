"""Walls around the tables of Wagtail and the other libraries.

Most get a column `company_id` that fills itself and that Django never learns of. The dependencies name
each library's newest migration: in an empty database the tables would not be there yet otherwise. What
is shared on purpose is named, with the reason, in `core/unwalled.py`.
"""

from django.db import migrations

from portal_modules.core.walls import (
    COMPANIES_AND_TOP,
    EVERYTHING,
    OWN_COMPANY,
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

# Staff see their own pages and collections, and the top of the tree that all hang from.
TREE = Right(f"company_id = {COMPANIES_AND_TOP}")
# Of pages the public sees what is live.
LIVE_TREE = Right(f"company_id = {COMPANIES_AND_TOP} and live")


def tree(table: str, public: Right) -> list[migrations.RunSQL]:
    """The wall around a tree: its top is read by all, and changed by the platform alone."""
    writing = [
        f"create policy staff_{verb}s on {table} for {verb} to balcao_staff {condition}"
        for verb, condition in (
            ("insert", f"with check ({OWN_COMPANY})"),
            ("update", f"using ({OWN_COMPANY}) with check ({OWN_COMPANY})"),
            ("delete", f"using ({OWN_COMPANY})"),
        )
    ]
    return [
        company_column(table, has_top=True),
        wall(table, staff=None, portal=public, visitor=public),
        migrations.RunSQL(
            [
                f"create policy staff_reads on {table} for select to balcao_staff using ({TREE.where})",
                *writing,
                f"grant select, insert, update, delete on {table} to balcao_staff",
            ],
            [
                f"drop policy {policy} on {table}"
                for policy in ("staff_reads", "staff_inserts", "staff_updates", "staff_deletes")
            ],
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
    "revoke all on django_admin_log, wagtailcore_apitoken, wagtail_localize_localesynchronization, "
    "wagtailimages_image, wagtailimages_rendition, wagtaildocs_document from balcao_staff",
    "revoke insert, update, delete on wagtailcore_locale, django_content_type, auth_permission, django_migrations "
    "from balcao_staff",
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
        *tree("wagtailcore_page", LIVE_TREE),
        *tree("wagtailcore_collection", TREE),
        # Before anybody is known the doors look people up by their address; behind them staff see colleagues.
        wall(
            "users_user",
            staff=Right("id in (select user_id from core_staffmembership)", ("select", "update")),
            portal=Right(EVERYTHING, ("select", "insert", "update")),
        ),
        wall("users_user_groups", staff=Right(COLLEAGUES, WRITE)),
        # Always empty, as rights come from memberships; libraries ask it all the same.
        wall("users_user_user_permissions", staff=Right(COLLEAGUES), portal=Right("false")),
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
