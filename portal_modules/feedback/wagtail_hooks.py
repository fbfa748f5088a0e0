"""Opinions in the back office."""

from __future__ import annotations

from wagtail_modeladmin.options import modeladmin_register

from .admin import OpinionRegister

modeladmin_register(OpinionRegister)
