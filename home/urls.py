"""Addresses of the site that are no pages of Wagtail."""

from django.urls import path, re_path

from . import feeds, sitemaps, views

app_name = "home"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("chapters/", views.directory, name="directory"),
    path("statements/", views.listing, {"type_name": "statement"}, name="statements"),
    path("cases/", views.listing, {"type_name": "case"}, name="cases"),
    path("events/", views.listing, {"type_name": "event"}, name="events"),
    path("all/", views.listing, name="all"),
    re_path(
        r"^statements/(?:(?P<slug>[\w-]+)-)?(?P<ref>[a-z0-9]+)/$",
        views.thing,
        {"type_name": "statement"},
        name="statement",
    ),
    path("cases/<slug:ref>/", views.thing, {"type_name": "case"}, name="case"),
    re_path(r"^feed\.(?P<form>atom|rss|json)$", feeds.feed, name="feed"),
    path("events.ics", feeds.events, name="calendar"),
    path("sitemap-lists.xml", sitemaps.of_lists, name="sitemap_of_lists"),
    re_path(r"^sitemap-(?P<number>[0-9]{1,6})\.xml$", sitemaps.of_things, name="sitemap"),
    path("countries/", views.countries, name="countries"),
    path("countries/<str:country>/", views.of_country, name="country"),
    path("themes/<slug:theme>/", views.of_theme, name="theme"),
    re_path(r"^(?P<path>[^/]+/(?:.+/)?)$", views.at_path, name="at_path"),
]
