"""Settings: `embedded` (one machine, nothing installed), `test`, and `production` (from the environment)."""
