"""Any filtered list for machines that come back: feeds in three formats, and events as a calendar."""

from .calendar import CALENDAR, calendar
from .reading import Feed, Heading, feed_of
from .writing import FORMATS, written

__all__ = ["CALENDAR", "FORMATS", "Feed", "Heading", "calendar", "feed_of", "written"]
