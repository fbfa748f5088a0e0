"""The providers that there are, by the name that stands in their addresses."""

from __future__ import annotations

from collections.abc import Iterator

from portal_modules.core.exceptions import RegistryError

from .base import Provider


class Providers:
    """The registry: an adapter joins once, an unknown name is an error that names the known ones."""

    def __init__(self) -> None:
        self._known: dict[str, Provider] = {}

    def register(self, provider: Provider) -> None:
        """Have it join. Its slug must be new."""
        if provider.slug in self._known:
            raise RegistryError(f"There is a payment provider {provider.slug!r} already.")
        self._known[provider.slug] = provider

    def get(self, slug: str) -> Provider:
        """One of them."""
        try:
            return self._known[slug]
        except KeyError:
            known = ", ".join(self._known) or "none"
            raise RegistryError(f"There is no payment provider {slug!r}; known: {known}.") from None

    def __contains__(self, slug: object) -> bool:
        return slug in self._known

    def __iter__(self) -> Iterator[Provider]:
        return iter(self._known.values())


providers = Providers()
