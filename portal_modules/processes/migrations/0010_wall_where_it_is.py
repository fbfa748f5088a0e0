"""A process is at a site of its own customer, and of no other's: the database refuses it, too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("processes", "0009_where_it_is"), ("customers", "0011_sites_of_their_customer")]

    operations = [
        migrations.RunSQL(
            "alter table processes_process add constraint processes_site_of_its_customer "
            "foreign key (company_id, customer_id, site_id) "
            "references customers_buildingsite (company_id, customer_id, id) deferrable initially deferred",
            "alter table processes_process drop constraint processes_site_of_its_customer",
        ),
    ]
