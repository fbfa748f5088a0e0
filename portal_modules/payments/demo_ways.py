"""How each company of the demo is paid online: through the sandbox, by the ways that exist where it is."""

from __future__ import annotations

from portal_modules.core.models import Company

from .actions.accounts import keep_provider
from .choices import ProviderKind
from .models import PaymentProvider
from .opening import adapter_of
from .providers import providers

# What customers read where they choose; the rest of the ways is named by itself.
_LABELS = {"pt": "Pagamento online", "es": "Pago en línea", "en": "Online payment"}


def open_ways(company: Company) -> PaymentProvider | None:
    """An account at the sandbox with all the ways that there are for the company's money."""
    if ProviderKind.SANDBOX not in providers:
        return None
    row = PaymentProvider(company=company, kind=ProviderKind.SANDBOX, is_on=True)
    for language, label in _LABELS.items():
        setattr(row, f"label_{language}", label)
    row.methods = adapter_of(row).methods(company.currency, company.country)
    return keep_provider(row, by=None)
