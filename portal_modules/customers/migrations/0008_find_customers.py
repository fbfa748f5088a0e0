"""The one search box: indexes over names without accents, over phones and tax ids, and the finder that uses them.

A wall lets no index answer a comparison that might tell of other rows while it fails, such as LIKE. So the search
looks behind the walls, inside the companies in scope, and returns ids only.
"""

from django.db import migrations

from portal_modules.core.walls import COMPANIES, finder

OWN = f"company_id = {COMPANIES}"
# A phone is told by its last eight digits, however it was written; turned round, so that an index finds the end.
DIGITS = "reverse(regexp_replace(phone, '[^0-9]', '', 'g'))"

INDEXES = [
    # A text without accents and case. The dictionary is named, which makes it the same for ever.
    "create function customers_plain(written text) returns text language sql immutable strict parallel safe "
    "as $$ select lower(public.unaccent('public.unaccent'::regdictionary, written)) $$",
    "create index customers_by_plain_name on customers_customer "
    "using gin (customers_plain(name::text) gin_trgm_ops)",
    "create index customers_by_tax_id on customers_customer (company_id, tax_id text_pattern_ops) "
    "where tax_id <> ''",
    "create index customers_contact_by_plain_name on customers_contact "
    "using gin (customers_plain(name || ' ' || email) gin_trgm_ops)",
    f"create index customers_contact_by_phone on customers_contact (company_id, ({DIGITS}) text_pattern_ops) "
    "where phone <> ''",
]
NO_INDEXES = [
    "drop index customers_contact_by_phone",
    "drop index customers_contact_by_plain_name",
    "drop index customers_by_tax_id",
    "drop index customers_by_plain_name",
    "drop function customers_plain(text)",
]

# `words` are patterns, the longest of which `longest` asks the index; `bare` is a tax id and `digits` a phone
# turned round, both empty where the text is none. The bounds say "begins with" in a way that an index knows.
FIND = f"""
    select id from customers_customer
     where {OWN} and longest <> '' and customers_plain(name::text) like longest
       and customers_plain(name::text) like all (words)
    union
    select customer_id from customers_contact
     where {OWN} and longest <> '' and customers_plain(name || ' ' || email) like longest
       and customers_plain(name || ' ' || email) like all (words)
    union
    select id from customers_customer
     where {OWN} and bare <> '' and tax_id <> '' and tax_id ~>=~ bare and tax_id ~<~ (bare || '~')
    union
    select customer_id from customers_contact
     where {OWN} and digits <> '' and phone <> '' and {DIGITS} ~>=~ digits and {DIGITS} ~<~ (digits || '~')
    limit most
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0007_contacts_may_enter")]

    operations = [
        migrations.RunSQL(INDEXES, NO_INDEXES),
        finder(
            "customers_find",
            "words text[], longest text, bare text, digits text, most integer",
            "table (id bigint)",
            FIND,
            ("staff",),
        ),
    ]
