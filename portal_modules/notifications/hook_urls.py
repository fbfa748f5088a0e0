"""Addresses for mail providers, below `/hooks/`."""

from __future__ import annotations

from django.urls import path

from .hook_views import told_by_provider

urlpatterns = [path("<slug:provider>/<uuid:uuid>/", told_by_provider, name="mail_hook")]
