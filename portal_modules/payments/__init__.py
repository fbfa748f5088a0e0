"""Payments: what is paid, how, and by which provider."""
