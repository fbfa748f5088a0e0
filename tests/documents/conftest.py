"""What the tests of documents share."""

from __future__ import annotations

from tests.documents.folders import own_private_folder

__all__ = ["own_private_folder"]
