"""`python -m cms.embedded demo`, which `make demo` calls."""

import argparse
import os
import sys

from cms.embedded import demo, paths
from cms.embedded.account import NoOrdinaryAccount
from cms.embedded.folders import ForeignFolder
from cms.embedded.processes import StartFailure, end_with_parent, say
from cms.embedded.programs import MissingProgram
from cms.embedded.supervisor import Stopped, stopping_on_signals

DEFAULT_PORT = "8000"
EXPECTED_FAILURES = (
    demo.DemoFailure,
    ForeignFolder,
    MissingProgram,
    NoOrdinaryAccount,
    PermissionError,
    StartFailure,
)


def main() -> int:
    """Run the demo; return the exit code."""
    options = _options()
    port = os.environ.get("PORT") or DEFAULT_PORT
    if not port.isdecimal() or not 0 < int(port) < 65536:
        say(f"PORT must be a number from 1 to 65535, not {port!r}.")
        return 1
    if options.end_with_parent:
        end_with_parent()
    try:
        with stopping_on_signals():
            demo.run(paths.var_folder(), int(port))
    except Stopped:
        say("stopped")
    except EXPECTED_FAILURES as failure:
        say(str(failure))
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m cms.embedded", description=__doc__)
    parser.add_argument("command", choices=["demo"])
    parser.add_argument(
        "--end-with-parent",
        action="store_true",
        help="stop, too, when the process that started this one dies (make needs it)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
