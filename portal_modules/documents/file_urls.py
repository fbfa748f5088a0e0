"""The addresses of private files, which have no language: `/files/<uuid>/`."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("<uuid:uuid>/", views.file, name="file"),
    path("<uuid:uuid>/small/", views.thumbnail, name="file_thumbnail"),
]
