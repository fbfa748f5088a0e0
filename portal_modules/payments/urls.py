"""The customer's addresses of payments, below `/<language>/my/payments/`."""

from __future__ import annotations

from django.urls import path

from . import checkout_urls
from .views import crediting, declaring, payments, taking

urlpatterns = [
    *checkout_urls.urlpatterns,
    path("", payments.payment_list, name="list"),
    path("export/<str:kind>/", taking.export, name="export"),
    path("credit/", crediting.credit, name="credit"),
    path("credit/<uuid:pk>/use/", crediting.use, name="use_credit"),
    path("declare/", declaring.declare, name="declare"),
    path("declared/<uuid:pk>/", payments.declared, name="declared"),
    path("<uuid:pk>/", payments.payment, name="payment"),
    path("<uuid:pk>/receipt/", taking.receipt, name="receipt"),
]

public_urlpatterns = checkout_urls.public_urlpatterns
