"""A small client for where wrk is missing, and for when a number of requests matters more than speed.

    python -m tests.benchmarks.client FILE PORT --seconds 10
    python -m tests.benchmarks.client FILE PORT --requests 1000

Prints one line of JSON: requests, seconds and bad (answers from 400 on, and broken connections).
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.web import HOST, Request, parse_requests

PATIENCE = 60.0  # seconds for one answer


class Round:
    """What several connections share: the requests to come, and the count."""

    def __init__(self, requests: Iterator[Request], port: int, end: float) -> None:
        self.requests = requests
        self.port = port
        self.end = end
        self.done = self.bad = 0
        self._lock = threading.Lock()

    def run(self) -> None:
        """Send requests one after the other until there are no more, or the time is over."""
        while time.monotonic() < self.end:
            with self._lock:
                request = next(self.requests, None)
            if request is None:
                return
            good = self._send(request)
            with self._lock:
                self.done += 1
                self.bad += not good

    def _send(self, request: Request) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request(
                request.method, request.path, body=request.body or None, headers=request.headers()
            )
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            return False
        else:
            return response.status < 400
        finally:
            connection.close()


def main() -> None:
    """Ask, and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("port", type=int)
    parser.add_argument("--seconds", type=float, default=3600.0)
    parser.add_argument("--requests", type=int)
    parser.add_argument("--connections", type=int, default=4)
    options = parser.parse_args()
    endless = itertools.cycle(parse_requests(options.file))
    begin = time.monotonic()
    shared = Round(itertools.islice(endless, options.requests), options.port, begin + options.seconds)
    threads = [threading.Thread(target=shared.run) for _each in range(options.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"requests": shared.done, "seconds": time.monotonic() - begin, "bad": shared.bad}))


if __name__ == "__main__":
    main()
