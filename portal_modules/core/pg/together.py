"""Many changes of tables as one operation of a migration, because Django draws its models anew after each.

A table of this project leads to nearly all others, so each operation costs a quarter of a second of drawing, and a
hundred of them made migrating from nothing take two minutes. Inside `Together` the models are drawn once.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveIndex,
)
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

# What a table is made with at once, because it is made as its model looks in the end.
_MADE_WITH_THE_TABLE: Final = (AddConstraint, AddField, AddIndex)
_KNOWN: Final = (CreateModel, *_MADE_WITH_THE_TABLE, AlterField, RemoveIndex, AddTrigger, RemoveTrigger)


class Together(Operation):
    """Operations in their order, each seeing the models as they look after the last of them.

    So one of them must not undo another: a field is not added and then removed. Raises `TypeError` for an operation
    that has not been tried in here.
    """

    category = OperationCategory.MIXED

    def __init__(self, *operations: Operation) -> None:
        for operation in operations:
            if not isinstance(operation, _KNOWN):
                raise TypeError(f"{type(operation).__name__} stands by itself, not inside Together.")
        self.operations = operations

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """As the writer of migrations wants it."""
        return type(self).__name__, list(self.operations), {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the state without its models, then draw those that were touched, and what leads to them."""
        drawn = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if drawn is not None:
            state.__dict__["apps"] = drawn
            state.reload_models([(app_label, _model(each)) for each in self.operations], delay=False)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the new tables whole, and change those that were there."""
        made = {_model(each) for each in self.operations if isinstance(each, CreateModel)}
        for operation in self.operations:
            if not (isinstance(operation, _MADE_WITH_THE_TABLE) and _model(operation) in made):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take it back, the last first; a table goes with all that it was made with."""
        made = {_model(each) for each in self.operations if isinstance(each, CreateModel)}
        for operation in reversed(self.operations):
            if isinstance(operation, CreateModel) or _model(operation) not in made:
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name: str, app_label: str) -> bool:
        """Does one of them?"""
        return any(each.references_model(name, app_label) for each in self.operations)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return "; ".join(operation.describe() for operation in self.operations)


def _model(operation: Any) -> str:
    """The name of the model that an operation changes, in small letters."""
    name = operation.name if isinstance(operation, CreateModel) else operation.model_name
    return str(name).lower()
