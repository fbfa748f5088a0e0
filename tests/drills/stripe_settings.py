"""For the processes of a drill: the embedded settings, and a Stripe that stands on loopback."""

from __future__ import annotations

import os

from cms.settings.embedded import *  # noqa: F403

STRIPE_ADDRESS = os.environ["DRILL_STRIPE"]
