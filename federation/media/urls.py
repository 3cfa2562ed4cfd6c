"""Addresses of files: the project mounts them below MEDIA_URL."""

from django.urls import path

from . import serving

app_name = "media"
urlpatterns = [path("<path:name>", serving.serve, name="serve")]
