"""localstripe on loopback: `python upstream.py PORT`.

Its own start listens on every interface and keeps its state in one file for all; here it does neither. It is
under the GPL, and therefore runs by itself: nothing of ours imports it but this file, which is run and not shipped.
"""

from __future__ import annotations

import sys

from aiohttp import web
from localstripe import resources, server

resources.Store.dump_to_disk = lambda self: None
web.run_app(server.app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
