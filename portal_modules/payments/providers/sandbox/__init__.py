"""A provider that moves no money: it plays everything that a real one does, with no network."""

from .adapter import SandboxProvider

__all__ = ["SandboxProvider"]
