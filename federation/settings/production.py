"""The deployment: everything from the environment; half configured it does not start."""

import os

import dj_database_url

from .base import *  # noqa: F403
from .environment import needed, search_options
from .log import LOGGING as LOGGING

_given = needed("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "BASE_URL")

SECRET_KEY = _given["SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in _given["ALLOWED_HOSTS"].split(",")]
# An origin has no slash at its end.
WAGTAILADMIN_BASE_URL = _given["BASE_URL"].rstrip("/")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
DATABASES = {"default": dj_database_url.parse(_given["DATABASE_URL"], conn_max_age=None, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS  # type: ignore[typeddict-unknown-key] # noqa: F405
if os.environ.get("REDIS_URL"):
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["REDIS_URL"]}
    }
FEDERATION = {**FEDERATION, **search_options()}  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Pages of the admin are framed by their own previews: SAMEORIGIN, not DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "federation@localhost")
