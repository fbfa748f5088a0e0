"""Payment providers: one small interface, and the adapters behind it."""

from __future__ import annotations

from django.conf import settings

from .registry import providers
from .sandbox import SandboxProvider
from .stripe import StripeProvider

__all__ = ["providers"]

providers.register(StripeProvider())
if settings.DEMO:
    # Where real money is taken, nothing may look as if it had been paid.
    providers.register(SandboxProvider())
