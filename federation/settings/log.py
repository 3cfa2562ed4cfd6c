"""What a running server says, and what it never does: no query, no body, no name of a person (safety rule 19)."""

# Django's own configuration shows errors on the console only while DEBUG is on: a 500 would be silent.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Pages that are not there are no event; what failed is.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
