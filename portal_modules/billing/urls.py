"""The customer's addresses of billing, below `/<language>/my/billing/`."""

from __future__ import annotations

from django.urls import path

from .views import finance, invoices

urlpatterns = [
    path("", finance.finance, name="finance"),
    path("invoices/<uuid:pk>/", invoices.invoice, name="invoice"),
]
