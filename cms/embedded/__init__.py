"""Real PostgreSQL and Valkey servers from Python wheels, for `make demo` and `make test`.

A fresh machine needs nothing but Python: the servers' programs come with the
requirements and keep everything under one folder, `var/`.
"""
