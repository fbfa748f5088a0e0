"""A Stripe on loopback: localstripe as a process of its own, and a front that adds what it lacks."""
