"""Every field of the admin's forms is named, and explained, in the language of whoever fills it in."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override
from wagtail.blocks import BaseStructBlock, Block, ListBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from .storeys import our_models

ARABIC = re.compile("[\u0600-\u06ff]")


def pages() -> list[Any]:
    return [model for model in our_models() if issubclass(model, Page)]


def snippets() -> list[Any]:
    return [model for model in get_snippet_models() if model in our_models()]


def edit_handler(model: Any) -> Any:
    return model.get_edit_handler() if issubclass(model, Page) else model.snippet_viewset.get_edit_handler()


def words_of(form: Any) -> Iterator[tuple[str, Any]]:
    """Labels and explanations of a form and of the forms within it, Wagtail's hidden ones of comments excepted."""
    for name, field in form.base_fields.items():
        yield from ((name, text) for text in (field.label, field.help_text) if text)
    for name, formset in getattr(form, "formsets", {}).items():
        if name != "comments":
            yield from ((f"{name}.{inner}", text) for inner, text in words_of(formset.form))


def labels_of(block: Block, path: str) -> Iterator[tuple[str, Any]]:
    """Labels of a block's parts, to the bottom."""
    parts = block.child_blocks if isinstance(block, BaseStructBlock | StreamBlock) else {}
    if isinstance(block, ListBlock):
        yield from labels_of(block.child_block, f"{path}.item")
    for name, part in parts.items():
        yield f"{path}.{name}", part.label
        yield from labels_of(part, f"{path}.{name}")


@pytest.mark.django_db
def test_every_field_of_a_form_is_named_in_the_language_of_its_reader() -> None:
    with override("ar"):
        english = {
            f"{model.__name__}.{name}": str(text)
            for model in (*pages(), *snippets())
            for name, text in words_of(edit_handler(model).get_form_class())
            if not ARABIC.search(str(text))
        }
    assert english == {}


def test_every_part_of_a_text_is_named_in_the_language_of_its_reader() -> None:
    with override("ar"):
        english = {
            name: str(text)
            for model in our_models()
            for field in model._meta.get_fields()
            if isinstance(field, StreamField)
            for name, text in labels_of(field.stream_block, f"{model.__name__}.{field.name}")
            if not ARABIC.search(str(text))
        }
    assert english == {}
