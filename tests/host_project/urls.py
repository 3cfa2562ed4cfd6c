"""The host's addresses: its own, and the API's."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v3.urls import api

urlpatterns = [
    path("cms/", include(wagtailadmin_urls)),
    path("data/", api.urls),
    path("", include(wagtail_urls)),
]
