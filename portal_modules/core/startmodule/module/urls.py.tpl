"""The customer's addresses of ${plural}, below `/<language>/my/${name}/`."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.${record}_list, name="list"),
    path("<uuid:pk>/", views.${record}_detail, name="detail"),
]
