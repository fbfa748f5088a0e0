"""Tables without a wall, each with the reason. Every other table has one: a test compares."""

from __future__ import annotations

UNWALLED: dict[str, str] = {
    "auth_permission": "Names of Django's permissions, the same in every company; nobody but the owner writes them.",
    "core_throttle": "Digests and counts, reached only through functions that tell a count; no role has a grant.",
    "django_admin_log": "Of the Django admin, which is not mounted; no role has a grant.",
    "django_content_type": "Names of models, the same in every company; nobody but the owner writes them.",
    "django_migrations": "Which migrations have run: wagtail-localize asks; nobody but the owner writes it.",
    "django_session": "Read by its key, before anybody is known; what a session may open is kept in it per company.",
    "wagtail_localize_localesynchronization": "Which locale follows which; a new page asks, nobody but the owner writes.",
    "wagtailadmin_admin": "A model without rows, that only names permissions.",
    "wagtailcore_apitoken": "Of an API that is not mounted; no role has a grant.",
    "wagtailcore_locale": "The platform's three languages; nobody but the owner writes them.",
    "wagtaildocs_document": "Replaced by cms_companydocument; no role has a grant.",
    "wagtailimages_image": "Replaced by cms_companyimage; no role has a grant.",
    "wagtailimages_rendition": "Replaced by cms_companyrendition; no role has a grant.",
}
