"""Pictures and documents as the register shows them."""

from typing import Any

from django.core.files.storage import default_storage
from wagtail.images.models import Filter, SourceImageIOError

from federation.options import BASE_MARK

WIDTHS = (400, 800, 1600)


def image_document(image: Any, *, alt: str, credit: str = "") -> dict[str, Any]:
    """A picture for documents: words of this place, size, focal point as fractions, renditions ready to use."""
    focal = image.get_focal_point()
    return {
        "alt": alt,
        "credit": credit or getattr(image, "credit", ""),
        "width": image.width,
        "height": image.height,
        "focal_point": focal
        and {"x": round(focal.centroid[0] / image.width, 3), "y": round(focal.centroid[1] / image.height, 3)},
        "renditions": [
            {"url": file_url(r.file.name), "width": r.width, "height": r.height, "type": "image/webp"}
            for r in renditions(image)
        ],
    }


def renditions(image: Any) -> list[Any]:
    """The picture as WebP in each width up to its own, smallest first; never enlarged. None when its file is gone."""
    specs = [f"width-{width}|format-webp" for width in WIDTHS if width < image.width]
    if image.width <= WIDTHS[-1]:
        specs.append("original|format-webp")
    try:
        made = image.get_renditions(*[Filter(spec=spec) for spec in specs])
    except SourceImageIOError:  # its file is gone; the text around it is still worth reading
        return []
    return sorted(made.values(), key=lambda rendition: rendition.width)


def image_files(image: Any) -> tuple[str, ...]:
    """Storage names that are public when the picture is shown: its renditions, not the original."""
    return tuple(rendition.file.name for rendition in renditions(image))


def document_document(document: Any) -> dict[str, Any]:
    """A document for documents: title, address, type, size in bytes, language."""
    return {
        "title": document.title,
        "url": file_url(document.file.name),
        "type": document.content_type,
        "size": document.get_file_size() or 0,
        "language": getattr(document, "language", ""),
    }


def file_url(name: str) -> str:
    """Public address of a file in the media storage."""
    url = default_storage.url(name)
    return url if "://" in url else BASE_MARK + url
