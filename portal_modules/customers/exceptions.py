"""What the customers say no with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal


class ContactRefused(Refusal):
    """The card has something on it that cannot be."""

    sentence = _("This contact cannot be added as it is.")


class NoAddressToLetIn(Refusal):
    """Who is to get in needs an address that the link goes to."""

    sentence = _("Whoever is let in needs an e-mail: the link goes there.")


class SiteKnown(Refusal):
    """Two places of one name could not be told apart."""

    sentence = _("This customer has a site of this name already.")
