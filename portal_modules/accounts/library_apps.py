"""allauth's list of sessions as an app, but for how it hears of somebody who signs in."""

from __future__ import annotations

from allauth.usersessions.apps import UserSessionsConfig


class SessionListConfig(UserSessionsConfig):
    """Leaves it to `receivers.signed_in` to write a session down.

    The library would open every session of the person, one after the other, at each entry.
    """

    def ready(self) -> None:
        """Connect all that the library does, and take back that one."""
        super().ready()
        from allauth.account.signals import user_logged_in
        from allauth.usersessions.signals import on_user_logged_in

        user_logged_in.disconnect(on_user_logged_in)
