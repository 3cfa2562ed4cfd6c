"""The public API: anonymous, cached, stable reads of the register, mounted on Wagtail's v3 API object."""
