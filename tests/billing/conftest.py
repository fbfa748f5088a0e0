"""What the tests of billing share."""

from __future__ import annotations

from tests.processes.conftest import count_queries

__all__ = ["count_queries"]
