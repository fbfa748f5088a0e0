"""The cache, which may vanish at any time and keeps the companies apart."""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from portal_modules.core.scope import current_scope

logger = logging.getLogger(__name__)


def scoped_key(key: str, prefix: str, version: int) -> str:
    """The company is in every key: Wagtail alone keeps its site paths under one key for all of them."""
    companies = ",".join(map(str, current_scope().companies))
    return f"{prefix}:{version}:{companies}:{key}"


class ScopedRedisCache(RedisCache):
    """A cache whose server may be gone: a read then finds nothing and a write is forgotten."""

    def _safely(self, method: str, fallback: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(), method)(*args, **kwargs)
        except RedisError as error:
            logger.warning("cache.%s failed: %s", method, error)
            return fallback

    def add(self, *args: Any, **kwargs: Any) -> Any:
        """False when nothing was added."""
        return self._safely("add", False, *args, **kwargs)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default."""
        return self._safely("get", default, key, default=default, version=version)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a value."""
        return self._safely("set", None, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a value longer."""
        return self._safely("touch", False, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Forget a value."""
        return self._safely("delete", False, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        """Those that are there."""
        return self._safely("get_many", {}, *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        """The keys that could not be kept."""
        return self._safely("set_many", [], *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        """Forget several."""
        return self._safely("delete_many", None, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        """Is it there?"""
        return self._safely("has_key", False, *args, **kwargs)

    def clear(self) -> Any:
        """Forget all."""
        return self._safely("clear", False)
