"""The time zone of the back office: a person's own, else the company's.

Wagtail writes moments in the server's zone for whoever has chosen none, and reads those that are typed in it: a page
of a company in Chile would be published three hours early.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.users.models import UserProfile


def zone_of_the_company(profile: UserProfile) -> str:
    """What the person has chosen, else what the middleware has put in force."""
    return str(profile.current_time_zone or timezone.get_current_timezone_name())


def keep_the_companys_time() -> None:
    """Have Wagtail's profiles answer so."""
    UserProfile.get_current_time_zone = zone_of_the_company


def know_the_profile(user: Any) -> None:
    """Give somebody who has no profile yet an unsaved one, or Wagtail asks none and takes the server's zone."""
    if not hasattr(user, "wagtail_userprofile"):
        user.wagtail_userprofile = UserProfile(user=user)
