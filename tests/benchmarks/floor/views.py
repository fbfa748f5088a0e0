"""The one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from .models import Matter


def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Two queries, each by an index."""
    found = get_object_or_404(Matter, number=number)
    return render(request, "floor/matter.html", {"matter": found, "steps": found.steps.order_by("taken_at")})
