"""Walls: the row-level security of one table, as a migration operation.

A wall enables and forces row-level security, gives each of the three roles its policy and its
grants, and keeps foreign keys inside one company (PostgreSQL checks a foreign key without looking
at the policies, so a plain one would accept another company's row and tell whether its id exists).

Conditions are bare `= ANY(…)` or `IN` over a walled parent: an OR or a CASE costs the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import migrations

COMPANIES = "any(current_setting('app.companies', true)::bigint[])"
CUSTOMERS = "any(current_setting('app.customers', true)::bigint[])"
RECORDS = "any(current_setting('app.records', true)::uuid[])"

# Of a tree also its top, which is the platform's: see `core.scope.PLATFORM`.
COMPANIES_AND_TOP = "any(array_append(current_setting('app.companies', true)::bigint[], 0::bigint))"

OWN_COMPANY = f"company_id = {COMPANIES}"
OWN_CUSTOMER = f"{OWN_COMPANY} and customer_id = {CUSTOMERS}"
EVERYTHING = "true"

READ = ("select",)
WRITE = ("select", "insert", "update", "delete")

# The company of a row that nobody named: the one in scope. The missing-ok form, because adding a column
# runs its default outside any scope.
CURRENT_COMPANY = "nullif(current_setting('app.company', true), '')::bigint"


def own_record(column: str = "id") -> str:
    """The condition of a table whose rows a number or a link opens, or of a child of such a table."""
    return f"{OWN_COMPANY} and {column} = {RECORDS}"


def shared(part: str, column: str = "record_id") -> str:
    """The condition of what hangs from a record that a link opened, where its sender ticked this part."""
    ticked = "any(string_to_array(coalesce(current_setting('app.parts', true), ''), ','))"
    return f"{own_record(column)} and '{part}' = {ticked}"


def open_to_links(table: str, where: str, columns: str = "") -> migrations.RunSQL:
    """Let whoever holds a link read rows of a table that is walled already; of some columns only, if named."""
    what = f"select ({columns})" if columns else "select"
    return migrations.RunSQL(
        [
            f"create policy visitor_link on {table} for select to balcao_visitor using ({where})",
            f"grant {what} on {table} to balcao_visitor",
        ],
        [f"drop policy visitor_link on {table}", f"revoke {what} on {table} from balcao_visitor"],
    )


@dataclass(frozen=True, slots=True)
class Right:
    """What one role may do with a table: the rows it reaches, and the verbs."""

    where: str
    verbs: Sequence[str] = READ


def _policy(table: str, role: str, right: Right) -> list[Any]:
    verbs = ", ".join(right.verbs)
    return [
        f"create policy {role} on {table} to balcao_{role} using ({right.where}) with check ({right.where})",
        f"grant {verbs} on {table} to balcao_{role}",
    ]


def wall(
    table: str,
    *,
    staff: Right | None = Right(OWN_COMPANY, WRITE),
    portal: Right | None = None,
    visitor: Right | None = None,
    same_company: dict[str, str] | None = None,
    parent: tuple[str, str] | None = None,
) -> migrations.RunSQL:
    """The operation that puts a wall around a table.

    `same_company` names foreign-key columns and the tables they point at: a composite foreign key
    keeps both rows in one company. `parent` is such a pair for a child of a customer's record: the
    child takes its customer from the parent, and keeps it.
    """
    sql: list[Any] = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy owner on {table} to balcao_owner using (true) with check (true)",
        f"revoke all on {table} from balcao_staff, balcao_portal, balcao_visitor",
    ]
    undo: list[Any] = [f"drop policy owner on {table}"]
    for role, right in (("staff", staff), ("portal", portal), ("visitor", visitor)):
        if right:
            sql += _policy(table, role, right)
            undo += [f"drop policy {role} on {table}"]
    for column, target in (same_company or {}).items():
        name = f"{table}_{column}_same_company"[:63]
        sql += [
            f"alter table {table} add constraint {name} foreign key (company_id, {column}) "
            f"references {target} (company_id, id) deferrable initially deferred"
        ]
        undo += [f"alter table {table} drop constraint {name}"]
    if parent:
        sql += _customer_of_parent(table, *parent)
        undo += [
            f"alter table {table} drop constraint {table}_same_customer",
            f"drop trigger customer_of_parent on {table}",
            f"drop function {table}_customer_of_parent()",
        ]
    undo += [
        f"alter table {table} no force row level security",
        f"alter table {table} disable row level security",
    ]
    return migrations.RunSQL(sql, undo)


def _customer_of_parent(table: str, column: str, target: str) -> list[str]:
    return [
        f"create function {table}_customer_of_parent() returns trigger language plpgsql as $$ begin "
        f"select customer_id into new.customer_id from {target} where id = new.{column}; "
        f"return new; end $$",
        f"create trigger customer_of_parent before insert or update of {column}, customer_id on {table} "
        f"for each row execute function {table}_customer_of_parent()",
        f"alter table {table} add constraint {table}_same_customer "
        f"foreign key (company_id, customer_id, {column}) references {target} (company_id, customer_id, id) "
        f"on update cascade deferrable initially deferred",
    ]


def company_column(
    table: str, unique: Sequence[tuple[str, ...]] = (), *, has_top: bool = False
) -> migrations.RunSQL:
    """Give a table of somebody else's app a company that fills itself; Django never learns of it.

    `unique` names constraints of the library that hold for the whole database: they come to hold
    within a company, else a value of another company would be refused, and so be told. A tree that
    `has_top` keeps it as the platform's.
    """
    reference = "" if has_top else " references core_company (id)"
    sql: list[Any] = [
        f"alter table {table} add column company_id bigint default {CURRENT_COMPANY}{reference}",
        f"create index {table}_company on {table} (company_id)",
    ]
    if has_top:
        sql += [f"update {table} set company_id = 0 where depth = 1"]
    for columns in unique:
        sql += _unique_in_company(table, columns)
    return migrations.RunSQL(sql, [f"alter table {table} drop column company_id cascade"])


def _unique_in_company(table: str, columns: tuple[str, ...]) -> list[str]:
    wanted = "array[%s]" % ", ".join(f"'{column}'" for column in sorted(columns))
    name = f"{table}_{'_'.join(columns)}_in_company"[:63]
    return [
        f"""do $$ declare found record; begin
              for found in
                select c.relname, con.conname from pg_index i
                  join pg_class c on c.oid = i.indexrelid
                  left join pg_constraint con on con.conindid = i.indexrelid and con.contype = 'u'
                 where i.indrelid = '{table}'::regclass and i.indisunique and not i.indisprimary
                   and (select array_agg(a.attname::text order by a.attname) from pg_attribute a
                         where a.attrelid = i.indrelid and a.attnum = any(i.indkey)) = {wanted}
              loop
                if found.conname is null then execute format('drop index %I', found.relname);
                else execute format('alter table {table} drop constraint %I', found.conname); end if;
              end loop; end $$""",
        f"alter table {table} add constraint {name} unique (company_id, {', '.join(columns)})",
    ]


def finder(name: str, arguments: str, returns: str, query: str, roles: Sequence[str]) -> migrations.RunSQL:
    """A function that looks behind the walls and returns ids only, for what must be found before anybody is known."""
    kinds = ", ".join(part.strip().split(" ", 1)[1] for part in arguments.split(",") if part.strip())
    signature = f"{name}({kinds})"
    granted = ", ".join(f"balcao_{role}" for role in roles)
    return migrations.RunSQL(
        [
            f"create function {name}({arguments}) returns {returns} language sql stable security definer "
            f"set search_path = public, pg_temp as $$ {query} $$",
            f"revoke all on function {signature} from public",
            f"grant execute on function {signature} to {granted}",
        ],
        [f"drop function {signature}"],
    )
