"""The one address."""

from django.urls import path

from . import views

urlpatterns = [path("matter/<str:number>/", views.matter, name="matter")]
