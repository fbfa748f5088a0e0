"""English as it is read outside the United States: 5 December cannot be taken for 12 May, and the day has 24 hours.

Our companies are in countries that write the day first. Nobody there should have to guess on which of two days an
invoice falls due.
"""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
FIRST_DAY_OF_WEEK = 1
