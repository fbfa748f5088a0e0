"""All modules of the registry: what each is held to, whether its own tests ask for it or not."""

from __future__ import annotations

import pytest

from portal_modules.core.modules import modules
from tests.modules.inherited import ModuleChecks


@pytest.fixture(params=[module.label for module in modules], autouse=True)
def module(request: pytest.FixtureRequest) -> str:
    """One module after the other."""
    return str(request.param)


@pytest.mark.row("U01")
@pytest.mark.row("U04")
class TestEveryModule(ModuleChecks):
    @pytest.fixture(autouse=True)
    def _this_module(self, module: str) -> None:
        type(self).module = module
