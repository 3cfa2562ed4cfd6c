"""Addresses that need no login: mount them before Wagtail's admin, at "admin/invitation/"."""

from django.urls import path

from .screens.invitation import AcceptInvitation

app_name = "chapters"
urlpatterns = [path("<str:token>/", AcceptInvitation.as_view(), name="invitation")]
