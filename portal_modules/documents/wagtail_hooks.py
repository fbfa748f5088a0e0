"""Documents in the back office."""

from __future__ import annotations

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from .admin import RequestRegister, ask, decide, staff_file, staff_thumbnail

modeladmin_register(RequestRegister)


@hooks.register("register_admin_urls")
def document_urls() -> list[Any]:
    """Files of customers, and what is done with documents asked for."""
    return [
        path("files/<uuid:uuid>/", staff_file, name="staff_file"),
        path("files/<uuid:uuid>/small/", staff_thumbnail, name="staff_file_thumbnail"),
        path("documents/ask/<str:record_type>/<uuid:uuid>/", ask, name="documents_ask"),
        path("documents/asked/<uuid:uuid>/<slug:verb>/", decide, name="documents_decide"),
    ]
