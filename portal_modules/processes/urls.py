"""The addresses of processes: the lookup for everybody, and the customer's own."""

from __future__ import annotations

from django.urls import path

from . import lookup, views

public_urlpatterns = [
    path("lookup/", lookup.lookup, name="lookup"),
    path("lookup/process/", lookup.lookup_process, name="lookup_process"),
    path("lookup/lost/", lookup.lost_number, name="lost_number"),
    path("lookup/lost/done/", lookup.lost_number_done, name="lost_number_done"),
    path("lookup/leave/", lookup.leave, name="leave"),
]

urlpatterns = [
    path("", views.process_list, name="list"),
    path("<uuid:pk>/", views.process_detail, name="detail"),
]
