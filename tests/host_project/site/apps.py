"""The host's own app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """One home page."""

    name = "tests.host_project.site"
    label = "host_site"
