"""Where a request came from, as it may be kept: enough to know one's own again, too little to find somebody."""

from __future__ import annotations

import ipaddress
from typing import Any

from portal_modules.core.throttle import client_address

from .actions import Origin


def origin_of(request: Any) -> Origin:
    """The shortened address, and what the browser says of itself."""
    agent = "".join(filter(str.isprintable, request.headers.get("User-Agent", "")))
    return Origin(shortened(client_address(request)), agent)


def shortened(address: str) -> str:
    """`203.0.113.…`, `2001:db8:1::…`: without what tells one household from its neighbours."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        return f"{ipaddress.ip_network((found, 48), strict=False).network_address}…"
    return f"{address.rpartition('.')[0]}.…"
