"""One person with a login, whether customer or staff."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal_modules.core.identity import normalize_email
from portal_modules.core.languages import LANGUAGE_CHOICES


class UserManager(BaseUserManager["User"]):
    """Makes users by their e-mail: there is no user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user; without a password nobody can sign in with one."""
        user = self.model(email=normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator of the platform."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        """The user of an address, whatever its case."""
        return self.get(email=(email or "").strip().casefold())


class User(AbstractBaseUser, PermissionsMixin):
    """One person with a login. What they may do comes from memberships, never from this row.

    `is_superuser` runs the platform, and enters a company only by a switch that is logged.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_technical = models.BooleanField(_("technical"), default=False, editable=False)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """The address is kept as it is compared."""
        self.email = normalize_email(self.email)

    def get_full_name(self) -> str:
        """What Wagtail shows."""
        return self.name or self.email

    def get_short_name(self) -> str:
        """What a greeting uses."""
        return (self.name or self.email).split()[0]

    @property
    def is_staff(self) -> bool:
        """Asked by libraries: who may open the back office is decided by `wagtailadmin.access_admin`."""
        return bool(self.has_perm("wagtailadmin.access_admin"))
