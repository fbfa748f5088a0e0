"""How fast the portal is, next to bare Django: `make bench`.

A floor of our own (`floor/`) and the portal run side by side on the same interpreter and the same
PostgreSQL, over a million processes of fifty companies, and are asked in turn. What counts is the
ratio between both: it hardly depends on the machine.

- `python -m tests.benchmarks` measures; `--help` has the options; `--quick` fills little.
- `python -m tests.benchmarks.hotspots lookup_process` tells where a page's time goes.
- `python -m tests.benchmarks.demo_time` measures `make demo`.
"""
