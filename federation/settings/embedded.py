"""One machine, no services: what `make run` serves on 127.0.0.1. Keys come from a generated `.env`."""

import os

from .base import *  # noqa: F403
from .environment import needed, read_env_file, search_options
from .log import LOGGING as LOGGING

read_env_file()
SECRET_KEY = needed("SECRET_KEY")["SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Checked by `manage.py check --deploy`; plain HTTP on the loopback interface is the point of these settings.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
FEDERATION = {
    **FEDERATION,  # noqa: F405
    "LIST_CACHE_ENTRIES": int(os.environ.get("LIST_CACHE_ENTRIES", "512")),
    **search_options(),
}
