"""The customer's addresses of billing, below `/<language>/my/billing/`."""

from __future__ import annotations

from django.urls import path

from .views import copies, exports, finance, invoices, notes, packs, papers, public, statement

public_urlpatterns = [path("i/<str:token>/", public.public_invoice, name="public")]

urlpatterns = [
    path("", finance.finance, name="finance"),
    path("export/<str:kind>/", exports.export, name="export"),
    path("papers/", exports.papers, name="papers"),
    path("invoices/<uuid:pk>/", invoices.invoice, name="invoice"),
    path("invoices/<uuid:pk>/paper/", papers.invoice_paper, name="invoice_paper"),
    path("invoices/<uuid:pk>/page/", papers.invoice_page, name="invoice_page"),
    path("invoices/<uuid:pk>/pdf/", papers.invoice_file, name="invoice_file"),
    path("invoices/<uuid:pk>/order/", invoices.order, name="order"),
    path("invoices/<uuid:pk>/copy/", copies.second_copy, name="second_copy"),
    path("copies/", copies.copy_list, name="copies"),
    path("packs/", packs.pack_list, name="packs"),
    path("packs/monthly/", packs.monthly, name="monthly_packs"),
    path("packs/<uuid:pk>/", packs.pack_file, name="pack_file"),
    path("packs/<uuid:pk>/row/", packs.pack_row, name="pack_row"),
    path("notes/", notes.note_list, name="notes"),
    path("notes/<uuid:pk>/", notes.note, name="note"),
    path("notes/<uuid:pk>/xml/", notes.note_xml, name="note_xml"),
    path("notes/<uuid:pk>/print/", notes.note_print, name="note_print"),
    path("statement/", statement.statement, name="statement"),
    path("statement/<str:kind>/", statement.statement_file, name="statement_file"),
    path("slips/<uuid:pk>/pdf/", papers.slip_file, name="slip_file"),
]
