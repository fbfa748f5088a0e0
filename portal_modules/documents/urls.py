"""The customer's addresses of the documents that they were asked for."""

from __future__ import annotations

from django.urls import path

from . import asked

urlpatterns = [
    path("", asked.request_list, name="list"),
    path("<uuid:pk>/", asked.request_detail, name="detail"),
]
