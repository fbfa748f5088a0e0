"""The addresses of processes: the lookup for everybody, and the customer's own."""

from __future__ import annotations

from django.urls import path

from . import lookup
from .views import processes, reviews

public_urlpatterns = [
    path("lookup/", lookup.lookup, name="lookup"),
    path("lookup/process/", lookup.lookup_process, name="lookup_process"),
    path("lookup/lost/", lookup.lost_number, name="lost_number"),
    path("lookup/lost/done/", lookup.lost_number_done, name="lost_number_done"),
    path("lookup/leave/", lookup.leave, name="leave"),
]

urlpatterns = [
    path("", processes.process_list, name="list"),
    path("choose/", processes.choose, name="choose"),
    path("write/", processes.write, name="write"),
    path("reviews/", reviews.review_list, name="reviews"),
    path("reviews/new/", reviews.review_new, name="review_new"),
    path("reviews/<uuid:pk>/", reviews.review_detail, name="review"),
    path("<uuid:pk>/", processes.process_detail, name="detail"),
    path("<uuid:pk>/key/", processes.registry_key, name="registry_key"),
]
