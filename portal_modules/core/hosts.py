"""A host name of a company's own: how it is written, and which record in the DNS proves whose it is."""

from __future__ import annotations

import re
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http.request import split_domain_port, validate_host
from django.utils.translation import gettext_lazy as _

from portal_modules.core.models import Company
from portal_modules.core.secrets import keyed_hash

LONGEST: Final = 253
# One label below a host name says it, so that the name itself can point wherever it does until then.
_LABEL: Final = "_balcao"
_PURPOSE: Final = "core.host"
_SHAPE: Final = re.compile(
    r"(?=.{4,240}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z"
)


def clean_host(typed: str) -> str:
    """`https://Clientes.Example.com/` → `clientes.example.com`. Raises `ValidationError`.

    Names with letters beyond ASCII are kept as they travel (`xn--…`, RFC 5891).
    """
    text = re.sub(r"\A\s*https?://", "", typed.strip(), flags=re.IGNORECASE).partition("/")[0]
    text = text.rstrip(".").lower()
    try:
        name = text.encode("idna").decode("ascii") if not text.isascii() else text
    except UnicodeError:
        name = ""
    if not _SHAPE.match(name):
        raise ValidationError(
            _("Write a host name of your own, such as customers.example.com."), code="shape"
        )
    if is_of_platform(name):
        raise ValidationError(_("This name belongs to the portal itself."), code="platform")
    return name


def is_of_platform(name: str) -> bool:
    """Is it one of the platform's own names, or below its host?"""
    return validate_host(
        name, [settings.PLATFORM_HOST, f".{settings.PLATFORM_HOST}", *settings.PLATFORM_HOSTS]
    )


def bare(host: str) -> str:
    """The name of a Host header, without its port."""
    name: str = split_domain_port(host)[0]
    return name.rstrip(".")


def record_name(host: str) -> str:
    """Where the record has to stand."""
    return f"{_LABEL}.{host}"


def record_text(company: Company, host: str) -> str:
    """What it has to say: of this company and this host, and of no other installation."""
    return f"balcao-verify={keyed_hash(_PURPOSE, company.pk, host)[:40]}"
