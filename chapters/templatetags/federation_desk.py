"""What the desk's templates say of people and languages."""

from typing import Any

from django import template
from django.conf import settings

from chapters.desk import whose
from chapters.moderation import approval

register = template.Library()


@register.filter
def person(user: Any) -> str:
    """The name of a person, or what they log in with; "" for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""


@register.simple_tag
def is_reviewed(row: Any) -> bool:
    """Whether a row can be submitted to a review."""
    return approval.is_reviewed(type(row))


@register.simple_tag(takes_context=True)
def place_looked_at(context: dict[str, Any]) -> str:
    """The chapter that somebody looks at, or the federation: Wagtail 8.0.1 would say the name of a host."""
    chapters = whose.chapters_looked_at(context["request"])
    return str(chapters[0]) if len(chapters) == 1 else settings.WAGTAIL_SITE_NAME
