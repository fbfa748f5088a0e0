"""The search of the register: by words of what it is about, of its number at the registry and of its customer, by
its number for the lookup, and by the customer's tax id. A wall lets no index answer LIKE, so it looks behind them.
"""

from django.db import migrations

from portal_modules.core.walls import COMPANIES, finder

OWN = f"company_id = {COMPANIES}"
INDEXES = [
    "create index processes_by_plain_words on processes_process "
    "using gin (customers_plain(title || ' ' || registry_number) gin_trgm_ops)",
    "create index processes_by_beginning on processes_process (company_id, lookup_number text_pattern_ops)",
]
NO_INDEXES = ["drop index processes_by_beginning", "drop index processes_by_plain_words"]

# Of more than `most` the newest, because the register begins with these.
FIND = f"""
    select p.id from processes_process p
     where p.id = any(array(
        select w.id from processes_process w join customers_customer c on c.id = w.customer_id
         where w.{OWN} and longest <> ''
           and (w.id = any(array(select o.id from processes_process o where o.{OWN}
                                  and customers_plain(o.title || ' ' || o.registry_number) like longest))
                or w.customer_id = any(array(select o.id from customers_customer o where o.{OWN}
                                              and customers_plain(o.name::text) like longest)))
           and customers_plain(w.title || ' ' || w.registry_number || ' ' || c.name) like all (words)
        union
        select b.id from unnest(beginnings) as n join processes_process b
            on b.{OWN} and b.lookup_number ~>=~ n and b.lookup_number ~<~ (n || '~')
        union
        select t.id from processes_process t where t.{OWN} and t.customer_id = any(array(
            select c.id from unnest(beginnings) as n join customers_customer c
                on c.{OWN} and c.tax_id <> '' and c.tax_id ~>=~ n and c.tax_id ~<~ (n || '~')))))
     order by p.opened_on desc limit most
"""


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0010_wall_where_it_is"),
        ("customers", "0008_find_customers"),
    ]

    operations = [
        migrations.RunSQL(INDEXES, NO_INDEXES),
        finder(
            "processes_find",
            "words text[], longest text, beginnings text[], most integer",
            "table (id uuid)",
            FIND,
            ("staff",),
        ),
    ]
