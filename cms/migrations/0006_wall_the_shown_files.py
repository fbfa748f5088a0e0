"""Walls around what a page shows. A file that is replaced is a change of what is kept of the company's pages."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, Right, wall

COMPANY_READS = Right(OWN_COMPANY)
KEPT_IN_PAGES = ("cms_companydocument", "cms_companyimage")


class Migration(migrations.Migration):
    dependencies = [("cms", "0005_whom_files_are_for")]

    operations = [
        migrations.RunSQL(
            "alter table cms_companydocument add constraint cms_document_of_company unique (company_id, id)",
            "alter table cms_companydocument drop constraint cms_document_of_company",
        ),
        wall(
            "cms_shownfile",
            portal=COMPANY_READS,
            visitor=COMPANY_READS,
            same_company={"document_id": "cms_companydocument"},
        ),
        *(
            migrations.RunSQL(
                f"create trigger page_changed after update or delete on {table} "
                f"for each row execute function cms_page_changed()",
                f"drop trigger page_changed on {table}",
            )
            for table in KEPT_IN_PAGES
        ),
    ]
