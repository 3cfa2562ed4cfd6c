"""Titles that nobody chose: Wagtail takes the name of the uploaded file, which may name a person or a place.

A title is public in the API for what lies in a public collection and for documents that a text shows without words of
its own; it is in the audit log and the search index besides. So a title that only repeats the file's name is not kept.
"""

import secrets
import unicodedata
from pathlib import PurePath
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst


def repeats_file_name(title: str, file_name: str) -> bool:
    """Whether a title has no other letters and digits than the file's name, with or without its extension."""
    name = PurePath(file_name.replace("\\", "/")).name
    return _letters(title) in {_letters(name), _letters(PurePath(name).stem)}


def plain_title(model: Any) -> str:
    """What and when, and a few random signs to tell two apart: "Picture 2026-11-24 7f3a"."""
    return f"{capfirst(model._meta.verbose_name)} {timezone.localdate()} {secrets.token_hex(2)}"


def _letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
