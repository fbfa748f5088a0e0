"""The drill of webhooks in full: `python -m tests.drills.webhooks [--payments 2500]`. Prints what happened as JSON."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Run it, and say how it went; 0 when the ledger is exact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--payments", type=int, default=2500)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        os.environ.update(DRILL_PAYMENTS=str(wanted.payments), DRILL_REPORT=str(report))
        import pytest  # after the environment, which the drill reads when it is imported

        code = pytest.main(["-q", "-n", "0", "-p", "no:randomly", "tests/drills/test_webhooks.py"])
        print(report.read_text() if report.exists() else "It did not come to an end.")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
