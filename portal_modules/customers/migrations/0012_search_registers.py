"""The searches of the registers of customers and of contacts, through indexes behind the walls: see 0008."""

from django.db import migrations

from portal_modules.core.walls import COMPANIES, finder

DIGITS = "reverse(regexp_replace(k.phone, '[^0-9]', '', 'g'))"

# Words of a person may be their own or their customer's; the longest is the one that an index is asked for.
FIND_CONTACTS = f"""
    select k.id from customers_contact k join customers_customer c on c.id = k.customer_id
     where k.company_id = {COMPANIES} and longest <> ''
       and (k.id = any(array(select o.id from customers_contact o where o.company_id = {COMPANIES}
                              and customers_plain(o.name || ' ' || o.email) like longest))
            or k.customer_id = any(array(select o.id from customers_customer o where o.company_id = {COMPANIES}
                                          and customers_plain(o.name::text) like longest)))
       and customers_plain(k.name || ' ' || k.email || ' ' || c.name) like all (words)
    union
    select k.id from customers_contact k
     where k.company_id = {COMPANIES} and digits <> '' and k.phone <> ''
       and {DIGITS} ~>=~ digits and {DIGITS} ~<~ (digits || '~')
    union
    select k.id from customers_contact k
     where k.company_id = {COMPANIES} and bare <> '' and k.customer_id = any(array(
           select c.id from customers_customer c where c.company_id = {COMPANIES} and c.tax_id <> ''
              and c.tax_id ~>=~ bare and c.tax_id ~<~ (bare || '~')))
    limit most
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0011_sites_of_their_customer")]

    operations = [
        finder(
            "customers_find_contacts",
            "words text[], longest text, bare text, digits text, most integer",
            "table (id bigint)",
            FIND_CONTACTS,
            ("staff",),
        ),
    ]
