"""The house's addresses, and one behind which nothing is done: what server, Django and middleware cost alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from federation.urls import handler404 as handler404
from federation.urls import handler500 as handler500
from federation.urls import urlpatterns as of_the_house


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse()


urlpatterns = [path("empty/", empty), *of_the_house]
