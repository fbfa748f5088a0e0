"""The customer's addresses of billing, below `/<language>/my/billing/`."""

from __future__ import annotations

from django.urls import path

from .views import finance, invoices, papers, public

public_urlpatterns = [path("i/<str:token>/", public.public_invoice, name="public")]

urlpatterns = [
    path("", finance.finance, name="finance"),
    path("invoices/<uuid:pk>/", invoices.invoice, name="invoice"),
    path("invoices/<uuid:pk>/paper/", papers.invoice_paper, name="invoice_paper"),
    path("invoices/<uuid:pk>/paper/<int:number>/", papers.invoice_page, name="invoice_page"),
    path("invoices/<uuid:pk>/pdf/", papers.invoice_file, name="invoice_file"),
    path("slips/<uuid:pk>/pdf/", papers.slip_file, name="slip_file"),
]
