"""What the desk's templates say of people and languages."""

from typing import Any

from django import template

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
