"""The address of the opinion box."""

from __future__ import annotations

from django.urls import path

from . import views

public_urlpatterns = [path("opinion/", views.give, name="give")]
