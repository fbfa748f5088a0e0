"""The addresses of the bell, of what is mailed, and of the last line of every mail."""

from __future__ import annotations

from django.urls import path

from . import views

public_urlpatterns = [
    path("mails/<uuid:pk>/<slug:mark>/", views.switch_off, name="switch_off"),
]

urlpatterns = [
    path("", views.bell, name="bell"),
    path("read/", views.look_at_all, name="look_at_all"),
    path("preferences/", views.preferences, name="preferences"),
    path("<uuid:pk>/", views.look, name="look"),
]
