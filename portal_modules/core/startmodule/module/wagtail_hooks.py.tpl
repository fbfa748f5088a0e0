"""${Plural} in the back office."""

from __future__ import annotations

from wagtail_modeladmin.options import modeladmin_register

from .admin import ${Record}Register

modeladmin_register(${Record}Register)
