"""Tests: a database in memory, or that of DATABASE_URL; files in a throw-away folder, nothing slow."""

import os
import tempfile

import dj_database_url

from .base import *  # noqa: F403
from .base import SQLITE_OPTIONS

DEBUG = False
SECRET_KEY = "tests only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {"transaction_mode": SQLITE_OPTIONS["transaction_mode"]},
    }
}
if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}  # type: ignore[dict-item]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = tempfile.mkdtemp(prefix="federation-test-media-")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
