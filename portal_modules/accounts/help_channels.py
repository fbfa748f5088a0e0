"""Whom somebody asks who does not get in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal_modules.core.choices import ChannelPurpose
from portal_modules.core.models import Channel


def whom_to_ask(request: Any) -> list[Channel]:
    """The company's channels for getting in, else those for support, else those for anything."""
    return for_access(request.card.channels)


def for_access(channels: Iterable[Channel]) -> list[Channel]:
    """Of these channels."""
    known = list(channels)
    for purpose in (ChannelPurpose.ACCESS, ChannelPurpose.SUPPORT, ChannelPurpose.GENERAL):
        if found := [channel for channel in known if channel.purpose == purpose]:
            return found
    return []
