"""The searches of the registers of invoices and of fiscal notes: by words of a row and of its customer, and by what a
number, a key or a tax id begins with. A wall lets no index answer LIKE, so they look behind them.
"""

from django.db import migrations

from portal_modules.core.walls import COMPANIES, finder

OWN = f"company_id = {COMPANIES}"
# What is looked for in a row, as the index has it; `{0}` is its name in the question.
INVOICE = (
    "coalesce({0}number, '') || ' ' || {0}name_as_issued || ' ' || {0}reference || ' ' || {0}purchase_order"
)
NOTE = "{0}number || ' ' || {0}key || ' ' || {0}issuer || ' ' || {0}operation"


def words_of(columns: str, name: str = "") -> str:
    """The words of a row without accents and case."""
    row = f"{name}." if name else ""
    return columns.replace("{0}", row)


def find(table: str, columns: str, beginning: str) -> str:
    """Of more than `most` the newest, because the register begins with these."""
    return f"""
        select p.id from {table} p
         where p.id = any(array(
            select w.id from {table} w join customers_customer c on c.id = w.customer_id
             where w.{OWN} and longest <> ''
               and (w.id = any(array(select o.id from {table} o where o.{OWN}
                                      and customers_plain({words_of(columns, "o")}) like longest))
                    or w.customer_id = any(array(select o.id from customers_customer o where o.{OWN}
                                                  and customers_plain(o.name::text) like longest)))
               and customers_plain({words_of(columns, "w")} || ' ' || c.name) like all (words)
            union
            select b.id from unnest(beginnings) as n join {table} b
                on b.{OWN} and b.{beginning} <> '' and b.{beginning} ~>=~ n and b.{beginning} ~<~ (n || '~')
            union
            select t.id from {table} t where t.{OWN} and t.customer_id = any(array(
                select c.id from unnest(beginnings) as n join customers_customer c
                    on c.{OWN} and c.tax_id <> '' and c.tax_id ~>=~ n and c.tax_id ~<~ (n || '~')))))
         order by p.issued_on desc nulls first limit most
    """


def indexes(table: str, columns: str, beginning: str, name: str) -> migrations.RunSQL:
    """What answers both."""
    return migrations.RunSQL(
        [
            f"create index {name}_by_plain_words on {table} "
            f"using gin (customers_plain({words_of(columns)}) gin_trgm_ops)",
            f"create index {name}_by_beginning on {table} (company_id, {beginning} text_pattern_ops) "
            f"where {beginning} <> ''",
        ],
        [f"drop index {name}_by_beginning", f"drop index {name}_by_plain_words"],
    )


def search(table: str, columns: str, beginning: str, function: str) -> list[migrations.RunSQL]:
    """The indexes of a register, and its finder."""
    return [
        indexes(table, columns, beginning, table),
        finder(
            function,
            "words text[], longest text, beginnings text[], most integer",
            "table (id uuid)",
            find(table, columns, beginning),
            ("staff",),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0009_open_to_links"),
        ("customers", "0012_search_registers"),
    ]

    operations = [
        *search("billing_invoice", INVOICE, "tax_id", "billing_find_invoices"),
        *search("billing_fiscaldocument", NOTE, "key", "billing_find_notes"),
    ]
