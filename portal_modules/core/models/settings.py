"""What a company has switched on and set, for its modules."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .company import touches_company
from .owned import CompanyOwned


class CompanyModule(CompanyOwned):
    """A module that differs from its default in this company: on where it is off, or off where it is on."""

    module = models.CharField(_("module"), max_length=60)
    is_on = models.BooleanField(_("on"))

    class Meta:
        verbose_name = _("switched module")
        verbose_name_plural = _("switched modules")
        constraints = [
            models.UniqueConstraint(fields=["company", "module"], name="core_one_switch_per_module")
        ]
        triggers = [touches_company()]

    def __str__(self) -> str:
        words = _("%(module)s: on") if self.is_on else _("%(module)s: off")
        return str(words) % {"module": self.module}


class CompanySetting(CompanyOwned):
    """A setting that this company, or a group of its customers, or one customer, has changed.

    `level` is empty for the company itself; else it names what the value is for, such as
    `customer:42`. Settings resolve platform → company → customer group → customer.
    """

    name = models.CharField(_("name"), max_length=80)
    level = models.CharField(_("for"), max_length=60, blank=True)
    value = models.JSONField(_("value"))

    class Meta:
        verbose_name = _("setting")
        verbose_name_plural = _("settings")
        constraints = [
            models.UniqueConstraint(fields=["company", "name", "level"], name="core_one_value_per_setting"),
        ]
        triggers = [touches_company()]

    def __str__(self) -> str:
        return f"{self.name} = {self.value!r}"
