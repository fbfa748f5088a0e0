"""Ways in and out of the back office, before Wagtail's at the same addresses.

The two that stand before Wagtail's have no name of their own: `wagtailadmin_login` and
`wagtailadmin_logout` go on naming these addresses, and come here.
"""

from __future__ import annotations

from django.urls import path

from portal_modules.accounts import staff_views

urlpatterns = [
    path("sign-in/", staff_views.staff_sign_in, name="staff_sign_in"),
    path("forgotten/", staff_views.staff_forgotten, name="staff_forgotten"),
    path("protect/", staff_views.staff_factor, name="staff_factor"),
    path("login/", staff_views.wagtail_login),
    path("logout/", staff_views.staff_sign_out),
]
