"""What no route of the API matches: a problem in JSON, not a page. Included last below `api/`."""

from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from django.views.decorators.csrf import csrf_exempt

from .api.answers import not_found
from .api.http import respond


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """A 404 of the API."""
    return respond(request, not_found)


app_name = "federation_api"
urlpatterns = [re_path(r"^.*$", nothing_here, name="nothing")]
