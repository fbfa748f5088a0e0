"""Addresses for payment providers, below `/hooks/`: one for each provider, and the company's id behind it."""

from __future__ import annotations

from django.urls import path

from .hook_views import told_by_provider
from .providers import providers

urlpatterns = [
    path(f"{each.slug}/<uuid:uuid>/", told_by_provider, {"slug": each.slug}, name=f"payment_hook_{each.slug}")
    for each in providers
]
