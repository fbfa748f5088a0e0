"""Addresses that only the demonstration has."""

from __future__ import annotations

from django.urls import path

from cms.demo_components import components
from portal_modules.notifications import mailbox_views as notifications

urlpatterns = [
    path("components/", components, name="demo_components"),
    path("mailbox/", notifications.mailbox, name="demo_mailbox"),
    path("mailbox/<slug:name>/", notifications.mailbox_mail, name="demo_mailbox_mail"),
    path("mailbox/<slug:name>/html/", notifications.mailbox_html, name="demo_mailbox_html"),
]
