"""Whether the page tree is sound, in one query: treebeard's own `find_problems` asks several for each page."""

from collections import Counter

from wagtail.models import Page


def problems_of_the_page_tree() -> list[str]:
    """Paths of pages whose path, depth or number of children is wrong, or whose parent is missing."""
    rows = list(Page.objects.order_by("path").values_list("path", "depth", "numchild"))
    step = Page.steplen
    paths = {path for path, _, _ in rows}
    children = Counter(path[:-step] for path in paths)
    return [
        path
        for path, depth, numchild in rows
        if not set(path) <= set(Page.alphabet)
        or len(path) != depth * step
        or (depth > 1 and path[:-step] not in paths)
        or numchild != children[path]
    ]
