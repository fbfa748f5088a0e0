"""Two tables: matters with a number, and what happened in each."""

from django.db import models


class Matter(models.Model):
    """One of a million."""

    number = models.CharField(max_length=20, unique=True)
    owner = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    worth = models.DecimalField(max_digits=12, decimal_places=2)


class Step(models.Model):
    """One of the eight of each matter."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="steps")
    taken_at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    text = models.CharField(max_length=200)
    cost = models.DecimalField(max_digits=12, decimal_places=2)
