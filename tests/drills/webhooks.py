"""The drill of webhooks in full: `python -m tests.drills.webhooks [--payments 2500] [--faults]`.

Prints what happened as JSON. Without faults it is about speed: at least 150 deliveries a second, from the first
delivery to the last row of the ledger.
"""

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
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--faults", action="store_true", help="kill processes, and crash PostgreSQL once")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        os.environ.update(
            DRILL_PAYMENTS=str(wanted.payments),
            DRILL_SEED=str(wanted.seed),
            DRILL_FAULTS="1" if wanted.faults else "0",
            DRILL_REPORT=str(report),
        )
        import pytest  # after the environment, which the drill reads when it is imported

        code = pytest.main(["-q", "-n", "0", "-p", "no:randomly", "tests/drills/test_webhooks.py"])
        print(report.read_text() if report.exists() else "It did not come to an end.")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
