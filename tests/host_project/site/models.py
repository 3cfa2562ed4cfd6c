"""What the host had before: a home page."""

from wagtail.models import Page


class HostHomePage(Page):
    """The host's front; it knows nothing of chapters."""
