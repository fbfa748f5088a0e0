"""No migration is missing, and changes of tables made together are the same changes as one by one."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from portal_modules.core.pg.together import Together
from tests.world.owner import as_owner

# A shelf holds books and has a favourite one: a circle, which a migration closes with a field added afterwards.
OPERATIONS = [
    migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True)), ("room", models.TextField())]),
    migrations.CreateModel(
        "Book",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("title", models.CharField(max_length=40)),
            ("shelf", models.ForeignKey("Shelf", models.CASCADE)),
        ],
    ),
    migrations.AddField("shelf", "favourite", models.ForeignKey("Book", models.CASCADE, null=True)),
    migrations.AddIndex("book", models.Index(fields=["title"], name="by_title")),
    migrations.AddConstraint("book", models.UniqueConstraint(fields=["shelf", "title"], name="once")),
]  # fmt: skip
LATER = [
    migrations.AddField("book", "pages", models.IntegerField(default=1)),
    migrations.AlterField("book", "title", models.CharField(max_length=80)),
    migrations.RemoveIndex("book", "by_title"),
    migrations.AddConstraint("book", models.CheckConstraint(condition=models.Q(pages__gt=0), name="some")),
]


def run(app: str, operations: list[Any], state: ProjectState) -> list[tuple[ProjectState, ProjectState]]:
    """As a migration does it; the states before and after each."""
    steps = []
    with connection.schema_editor() as editor:
        for operation in operations:
            before = state.clone()
            operation.state_forwards(app, state)
            operation.database_forwards(app, editor, before, state)
            steps.append((before, state.clone()))
    return steps


def looks(app: str) -> dict[str, Any]:
    """The columns and what holds them, without the names that Django makes up."""
    with connection.cursor() as cursor:
        return {
            table: (
                [column[:6] for column in connection.introspection.get_table_description(cursor, f"{app}_{table}")],
                sorted(
                    (each["columns"], str(each["foreign_key"]).replace(f"{app}_", ""), each["unique"], each["check"])
                    for each in connection.introspection.get_constraints(cursor, f"{app}_{table}").values()
                ),
            )
            for table in ("shelf", "book")
        }  # fmt: skip


def named(app: str, operations: list[Any]) -> list[Any]:
    """The same, with names that are free in the schema."""
    made = []
    for operation in operations:
        _name, given, named = operation.deconstruct()
        for key in ("index", "constraint"):
            if key in named:
                named[key] = named[key].clone()
                named[key].name = f"{app}_{named[key].name}"
        if isinstance(operation, migrations.RemoveIndex):
            named["name"] = f"{app}_{named['name']}"
        made.append(type(operation)(*given, **named))
    return made


@pytest.mark.django_db
def test_tables_made_together_look_as_those_made_one_by_one() -> None:
    with as_owner():
        one, other = ProjectState(), ProjectState()
        assert one.apps
        assert other.apps
        run("one", named("one", OPERATIONS) + named("one", LATER), one)
        steps = run("other", [Together(*named("other", OPERATIONS)), Together(*named("other", LATER))], other)
        assert looks("other") == looks("one")
        assert other.apps.get_model("other", "book")._meta.get_field("pages")
        assert (
            other.apps.get_model("other", "shelf")._meta.get_field("favourite").related_model._meta.label
            == "other.Book"
        )

        for operation, (before, after) in zip(
            (Together(*named("other", LATER)), Together(*named("other", OPERATIONS))),
            reversed(steps),
            strict=True,
        ):
            with connection.schema_editor() as editor:
                operation.database_backwards("other", editor, after, before)
        assert not {"other_shelf", "other_book"} & set(connection.introspection.table_names())


def test_an_operation_that_was_not_tried_stands_by_itself() -> None:
    with pytest.raises(TypeError, match="RunSQL stands by itself"):
        Together(migrations.RunSQL("select 1"))


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    with as_owner():
        call_command("makemigrations", check=True, dry_run=True, verbosity=3)
