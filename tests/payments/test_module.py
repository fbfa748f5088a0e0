"""What every module is held to."""

from __future__ import annotations

from tests.modules.inherited import ModuleChecks


class TestPayments(ModuleChecks):
    module = "payments"
