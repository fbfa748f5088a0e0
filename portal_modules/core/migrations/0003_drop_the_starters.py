"""Take away what the libraries make for a site of their own: no company has it."""

from django.db import migrations

STARTERS = [
    "delete from wagtailcore_site",
    "delete from wagtailcore_workflowpage",
    "delete from wagtailcore_page where depth = 2",
    "update wagtailcore_page set numchild = 0 where depth = 1",
    "delete from wagtailcore_grouppagepermission",
    "delete from wagtailcore_groupcollectionpermission",
    "delete from wagtailcore_groupapprovaltask_groups",
    "delete from auth_group_permissions",
    "delete from auth_group",
    "insert into wagtailcore_locale (language_code) values ('pt'), ('es'), ('en') on conflict do nothing",
    "delete from wagtailcore_locale where language_code not in ('pt', 'es', 'en') "
    "and id not in (select locale_id from wagtailcore_page)",
]


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_wall_the_companies"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunSQL(STARTERS, migrations.RunSQL.noop)]
