"""XML from strangers: read without following anything, taken apart without losing the text around what is taken out."""

from collections.abc import Iterable
from typing import Any

from lxml import etree

# An element of lxml; its own stubs are not installed, so that this is all we say of it.
Element = Any


class DangerousMarkup(Exception):
    """Markup that we do not read: broken, or with a document type of its own (entities that unfold, files it names)."""


def parsed(content: bytes) -> Element:
    """The root element, without comments and processing instructions. DangerousMarkup where it cannot be trusted."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DangerousMarkup from error
    if root.getroottree().docinfo.doctype:
        raise DangerousMarkup
    return root


def written(root: Element) -> bytes:
    """The bytes of a document, in UTF-8."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def elements(root: Element) -> list[Element]:
    """Every element, the root first; a list, because they are taken out while one goes through it."""
    return list(root.iter(etree.Element))


def name_of(element: Element) -> str:
    """Its name without the namespace: producers write the same words in several (Transitional, Strict, their own)."""
    return str(etree.QName(element).localname)


def space_of(element: Element) -> str:
    """Its namespace."""
    return str(etree.QName(element).namespace or "")


def attribute_name(key: str) -> str:
    """An attribute's name without the namespace."""
    return key.rsplit("}", 1)[-1]


def take_out(element: Element) -> None:
    """Without the element and all that is in it; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        _add_text(parent, element, element.tail)
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Without the element; what is in it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.text:
        _add_text(parent, element, element.text)
    for child in list(element):
        element.addprevious(child)
    take_out(element)


def take_out_all(root: Element, names: Iterable[str]) -> None:
    """Without the elements of these names, wherever they stand."""
    unwanted = frozenset(names)
    for element in elements(root):
        if name_of(element) in unwanted:
            take_out(element)


def _add_text(parent: Element, before: Element, text: str) -> None:
    previous = before.getprevious()
    if previous is None:
        parent.text = (parent.text or "") + text
    else:
        previous.tail = (previous.tail or "") + text
