"""How days and times are written where a language alone does not say it."""
