"""Databases, cache and queue out of addresses, the same way under every settings."""

from __future__ import annotations

import os
from typing import Any

# The scope of a connection that nobody has narrowed: empty arrays, which show no rows. Without them
# an unset setting reads as NULL before its first use and as '' after, and ''::bigint[] is an error.
EMPTY_SCOPE = " ".join(f"-c app.{name}={{}}" for name in ("companies", "customers", "records"))


def databases(engine: str, app: dict[str, Any], owner: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The one database, as the application's role or, for commands that change tables, as their owner."""
    chosen = owner if os.environ.get("BALCAO_CONNECT_AS") == "owner" else app
    options = {"connect_timeout": 10, "options": f"{EMPTY_SCOPE} -c statement_timeout=30s"}
    if chosen is owner:
        options["options"] = EMPTY_SCOPE
    return {
        "default": {
            **chosen,
            "ENGINE": engine,
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {**options, **chosen["OPTIONS"]},
            "TEST": {"NAME": None},
        }
    }


def caches(redis_url: str) -> dict[str, dict[str, Any]]:
    """What may vanish. Keys carry the company in scope, so that no company reads another's entry."""
    return {
        "default": {
            "BACKEND": "portal_modules.core.cache.ScopedRedisCache",
            "LOCATION": redis_url,
            "KEY_FUNCTION": "portal_modules.core.cache.scoped_key",
            "TIMEOUT": 3600,
        }
    }


def queues(redis_url: str) -> dict[str, dict[str, Any]]:
    """What somebody waits for, and what may take its time. Workers look into them in this order."""
    return {name: {"URL": redis_url, "DEFAULT_TIMEOUT": 600} for name in ("mail", "default")}
