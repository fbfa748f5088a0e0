"""The customer's addresses of payments, below `/<language>/my/payments/`."""

from __future__ import annotations

from django.urls import path

from .views import payments

urlpatterns = [
    path("", payments.payment_list, name="list"),
    path("<uuid:pk>/", payments.payment, name="payment"),
    path("declared/<uuid:pk>/", payments.declared, name="declared"),
]
