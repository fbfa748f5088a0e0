"""What the tests of the opinion box share."""

from tests.processes.conftest import count_queries

__all__ = ["count_queries"]
