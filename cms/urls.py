"""All addresses of the site. This file composes what the modules declare."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import my_home, views
from cms.files import serve_document
from portal_modules.accounts import staff_urls
from portal_modules.core import errors, health
from portal_modules.core.addresses import all_module_patterns
from portal_modules.core.languages import public_language_patterns
from portal_modules.documents import file_urls
from portal_modules.notifications import hook_urls
from portal_modules.payments import hook_urls as payment_hook_urls

handler400 = "portal_modules.core.errors.bad_request"
handler403 = "portal_modules.core.errors.forbidden"
handler404 = "portal_modules.core.errors.not_found"
handler500 = "portal_modules.core.errors.server_error"

urlpatterns = [
    path("", views.front, name="front"),
    path("customer/", RedirectView.as_view(pattern_name="my_home"), name="customer"),
    path("health/live", health.live, name="health_live"),
    path("health/host", health.host, name="health_host"),
    path("health/ready", health.ready, name="health_ready"),
    # Before Wagtail's own: its login page asks for a password and nothing more.
    path("admin/", include(staff_urls)),
    path("admin/failwhale/", errors.not_found),  # Wagtail's way to break on purpose
    # The platform's languages and the companies' sites come from elsewhere, and are not for changing.
    re_path(r"^admin/(?:locales|sites|password_reset)/", errors.not_found),
    path("admin/", include(wagtailadmin_urls)),
    # Wagtail's view knows no audience and no part of a film; of its own stays the password of a collection.
    re_path(
        r"^documents/(?P<document_id>\d+)/(?P<document_filename>[^/]+)$",
        serve_document,
        name="wagtaildocs_serve",
    ),
    path(
        "documents/",
        include([each for each in wagtaildocs_urls.urlpatterns if each.name != "wagtaildocs_serve"]),
    ),
    path("brand.css", views.brand_css, name="brand_css"),
    path("files/", include(file_urls)),
    path("hooks/", include(payment_hook_urls)),
    path("hooks/", include(hook_urls)),
]

if settings.DEMO:
    urlpatterns += [
        path("demo/", include("cms.demo_urls")),
        re_path(r"^media/(?P<path>(?:images|brand)/.+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    ]

urlpatterns += public_language_patterns(
    *all_module_patterns(),
    path("access/", include("portal_modules.accounts.library_urls")),
    path("my/", my_home.my_home, name="my_home"),
    path("my/cards/", my_home.my_cards, name="my_cards"),
    # Of Wagtail's own addresses only the password of a protected page; its door leads to ours.
    *(each for each in wagtail_urls.urlpatterns if each.name == "wagtailcore_authenticate_with_password"),
    path("_util/login/", RedirectView.as_view(pattern_name="accounts:sign_in"), name="wagtailcore_login"),
    re_path(wagtail_urls.serve_pattern, views.serve_page, name="wagtail_serve"),
)
