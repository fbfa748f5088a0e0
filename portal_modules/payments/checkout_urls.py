"""Addresses of paying online: the customer's, and those that need no login."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from .views import methods, paying, sandbox

urlpatterns = [
    path("pay/", paying.pay, name="pay"),
    path("methods/", methods.methods, name="methods"),
]

public_urlpatterns = [
    path("pay/<uuid:pk>/", paying.outcome, name="outcome"),
    path("pay/invoice/<slug:token>/", paying.pay_one, name="pay_one"),
]

if settings.DEMO:
    public_urlpatterns += [
        path("sandbox/<uuid:pk>/", sandbox.sandbox, name="sandbox"),
        path("sandbox/cards/<uuid:pk>/", sandbox.sandbox_payer, name="sandbox_payer"),
    ]
