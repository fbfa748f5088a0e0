"""The customer's addresses of payments, below `/<language>/my/payments/`."""

from __future__ import annotations

from django.urls import path

from . import checkout_urls
from .views import payments

urlpatterns = [
    *checkout_urls.urlpatterns,
    path("", payments.payment_list, name="list"),
    path("<uuid:pk>/", payments.payment, name="payment"),
    path("declared/<uuid:pk>/", payments.declared, name="declared"),
]

public_urlpatterns = checkout_urls.public_urlpatterns
