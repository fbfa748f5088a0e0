"""Walls around customers and what is theirs, and the finder of who belongs to whom."""

from django.db import migrations

from portal_modules.core.walls import CUSTOMERS, OWN_COMPANY, OWN_CUSTOMER, Right, finder, wall

OWN = Right(OWN_CUSTOMER)
WRITTEN_ONCE = Right(OWN_COMPANY, ("select", "insert"))
OF_CUSTOMER = {"customer_id": "customers_customer"}


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial"), ("core", "0004_wall_the_libraries")]

    operations = [
        migrations.RunSQL(
            "alter table customers_customergroup add constraint customers_group_of_company unique (company_id, id)",
            "alter table customers_customergroup drop constraint customers_group_of_company",
        ),
        wall("customers_customergroup", portal=Right(OWN_COMPANY)),
        wall(
            "customers_customer",
            portal=Right(f"{OWN_COMPANY} and id = {CUSTOMERS}"),
            same_company={"group_id": "customers_customergroup"},
        ),
        wall("customers_contact", portal=OWN, same_company=OF_CUSTOMER),
        wall(
            "customers_membership",
            portal=OWN,
            same_company={**OF_CUSTOMER, "contact_id": "customers_contact"},
        ),
        wall("customers_address", portal=OWN, same_company=OF_CUSTOMER),
        wall(
            "customers_buildingsite",
            portal=OWN,
            same_company={**OF_CUSTOMER, "address_id": "customers_address"},
        ),
        wall(
            "customers_membershipsite",
            portal=OWN,
            same_company={**OF_CUSTOMER, "site_id": "customers_buildingsite"},
            parent=("membership_id", "customers_membership"),
        ),
        *(
            wall(f"customers_{name}event", staff=WRITTEN_ONCE)
            for name in ("customer", "contact", "membership")
        ),
        finder(
            "customers_memberships_of",
            "person bigint, company bigint",
            "table (customer_id bigint, roles varchar[], sites bigint[], until timestamptz)",
            "select m.customer_id, m.roles, "
            "(select array_agg(s.site_id) from customers_membershipsite s where s.membership_id = m.id), m.until "
            "from customers_membership m join customers_customer c on c.id = m.customer_id "
            "where m.user_id = person and m.company_id = company and c.archived_at is null "
            "and (m.until is null or m.until > now()) order by m.customer_id",
            ("portal", "staff"),
        ),
    ]
