"""Every address of the house, from the roof."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.v3.urls import api as api_v3
from wagtail.documents import urls as wagtaildocs_urls

from federation.media.api_v2 import PublicDocumentsAPIViewSet, PublicImagesAPIViewSet
from home import sitemaps, views

api_v2 = WagtailAPIRouter("wagtailapi")
api_v2.register_endpoint("pages", PagesAPIViewSet)
api_v2.register_endpoint("images", PublicImagesAPIViewSet)
api_v2.register_endpoint("documents", PublicDocumentsAPIViewSet)

urlpatterns = [
    path("", views.choose_language),
    path("robots.txt", sitemaps.robots),
    path("sitemap.xml", sitemaps.index_of_all),
    path("admin/invitation/", include("chapters.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/", include("federation.media.urls")),
    path("api/v2/", api_v2.urls),
    path("api/v3/", api_v3.urls),
    path("api/", include("search.urls")),
    *i18n_patterns(
        path("", include("home.urls")),
        path("", include(wagtail_urls)),
    ),
]

handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
