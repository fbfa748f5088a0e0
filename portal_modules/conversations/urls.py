"""The customer's addresses of conversations."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.my_messages, name="my_messages"),
    path("<str:record_type>/<uuid:pk>/", views.write, name="write"),
    path("<str:record_type>/<uuid:pk>/read/", views.read, name="read"),
]
