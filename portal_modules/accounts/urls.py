"""Addresses of a company's door."""

from __future__ import annotations

from django.urls import URLPattern, path

from portal_modules.accounts import views

urlpatterns: list[URLPattern] = []

public_urlpatterns = [
    path("access/sign-in/", views.sign_in, name="sign_in"),
    path("access/sign-out/", views.sign_out, name="sign_out"),
]
