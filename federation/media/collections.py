"""Collections: one that everybody may list, one for what nobody has sorted, and one for each chapter."""

from typing import Any

from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.permissions import policy_registry

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


def closed_collections(user: Any = None) -> set[int]:
    """Keys of the collections whose files are not listed for somebody: restricted ones and the root, but their own.

    To be logged in is not enough: Wagtail 8.0.1 opens what is restricted to people who are logged in to all of them,
    whichever chapter's they are.
    """
    roots = Collection.objects.filter(view_restrictions__isnull=False).distinct()
    closed = {pk for root in roots for pk in root.get_descendants(inclusive=True).values_list("pk", flat=True)}
    closed |= {root.pk for root in Collection.objects.filter(depth=1)}
    if user is None or not user.is_authenticated:
        return closed
    policy = policy_registry.get_by_type(get_image_model())
    own = policy.collections_user_has_any_permission_for(user, ("add", "change", "choose"))
    return closed - set(own.values_list("pk", flat=True))


def is_public(collection: Collection) -> bool:
    """Whether everybody may list it. The root is nobody's choice, so it is not."""
    return not collection.is_root() and not collection.get_view_restrictions().exists()


def _child(name: str) -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)
