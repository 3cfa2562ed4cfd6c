"""Reading documents in templates."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def items(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The `items` of a block: in a template, `block.items` would be the dictionary's own method."""
    return block.get("items") or []


@register.filter
def srcset(image: dict[str, Any]) -> str:
    """The renditions of a picture, as `srcset` wants them."""
    return ", ".join(f"{rendition['url']} {rendition['width']}w" for rendition in image["renditions"])
