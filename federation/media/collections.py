"""Collections: one that everybody may list, one for what nobody has sorted, and one for each chapter."""

from typing import Any

from wagtail.models import Collection, CollectionViewRestriction

PUBLIC = "Public"
UNSORTED = "Unsorted"


def public_collection() -> Collection:
    """What lies here may be listed and fetched by everybody (Wagtail's v2 and v3 read it)."""
    return _child(PUBLIC)


def unsorted_collection() -> Collection:
    """Where uploads without a place go; not listed for readers."""
    return private_collection(UNSORTED)


def private_collection(name: str) -> Collection:
    """A collection under the root that only people who are logged in may list; made when it does not exist."""
    collection = _child(name)
    restriction: dict[str, Any] = {"restriction_type": CollectionViewRestriction.LOGIN}
    CollectionViewRestriction.objects.get_or_create(collection=collection, defaults=restriction)
    return collection


def is_public(collection: Collection) -> bool:
    """Whether everybody may list it. The root is nobody's choice, so it is not."""
    return not collection.is_root() and not collection.get_view_restrictions().exists()


def _child(name: str) -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)
