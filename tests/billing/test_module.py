"""What every module is held to."""

from __future__ import annotations

from tests.modules.inherited import ModuleChecks


class TestBilling(ModuleChecks):
    module = "billing"
