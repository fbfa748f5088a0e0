"""Writing thousands of rows with one statement. The walls and the triggers stay as they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED


def insert_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    returning: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """Insert rows, whose values are in the order of the columns `names`; what is to be returned of each.

    The other columns get what the model has for them.
    """
    if not rows:
        return []
    others = _others(model, names)
    columns = ", ".join([*names, *others])
    values = ", ".join([*(f"new.{name}" for name in names), *(sql for sql, _value in others.values())])
    statement = (
        f"insert into {model._meta.db_table} ({columns}) select {values} "  # noqa: S608 (names of our own models)
        f"from {_recordset(model, names)}"
    )
    if returning:
        statement += f" returning {', '.join(returning)}"
    constants = [value for sql, value in others.values() if sql == "%s"]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*constants, *_columns(rows)])
        return list(cursor.fetchall()) if returning else []


def update_rows(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Change columns of rows: each of `rows` begins with its primary key, and goes on with the values."""
    if not rows:
        return
    table, key = model._meta.db_table, _key(model)
    sets = ", ".join(f"{name} = new.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} set {sets} "  # noqa: S608 (names of our own models)
            f"from {_recordset(model, [key, *names])} where {table}.{key} = new.{key}",
            _columns(rows),
        )


def _others(model: type[models.Model], names: Sequence[str]) -> dict[str, tuple[str, Any]]:
    """What Django would write into the columns that nobody named: SQL and, for a placeholder, the value."""
    found: dict[str, tuple[str, Any]] = {}
    for field in model._meta.concrete_fields:
        is_given = field.column in names or field.column == _key(model) or field.generated
        if is_given or field.db_default is not NOT_PROVIDED:
            continue
        if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
            found[field.column] = ("now()", None)
        elif not field.null:
            found[field.column] = ("%s", field.get_db_prep_save(field.get_default(), connection))
    return found


def _recordset(model: type[models.Model], names: Sequence[str]) -> str:
    """Placeholders for the columns of rows, each a JSON array, read as a table `new`.

    Columns are written in a third of the time that objects with names take, and PostgreSQL reads them quicker, too.
    """
    fields: list[Any] = list(model._meta.concrete_fields)
    types = {field.column: _bare_type(field.rel_db_type(connection)) for field in fields}
    typed = ", ".join(f"{name}::{types[name]} as {name}" for name in names)
    arrays = ", ".join(["json_array_elements_text(%s::json)"] * len(names))
    given = ", ".join(names)
    return f"(select {typed} from rows from ({arrays}) as given ({given})) as new"  # noqa: S608 (as above)


def _bare_type(kind: str) -> str:
    """Without its length: a cast to `varchar(40)` would cut what is longer, which the column refuses."""
    return kind.partition("(")[0]


def _columns(rows: Sequence[Sequence[Any]]) -> list[str]:
    return [
        json.dumps(values, default=str, ensure_ascii=False, check_circular=False)
        for values in zip(*rows, strict=True)
    ]


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)
