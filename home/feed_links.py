"""Where the feeds and the calendar of a list are: for the head of a page, and for readers to follow."""

from .reading import Document, Pairs, link

FEEDS = (
    ("atom", "application/atom+xml", "Atom"),
    ("rss", "application/rss+xml", "RSS"),
    ("json", "application/feed+json", "JSON Feed"),
)


def feed_links(lang: str, pairs: Pairs = ()) -> Document:
    """Addresses of a list in every format; `calendar` is empty when it has no events."""
    pairs = list(pairs)
    types = [value for name, value in pairs if name == "type"]
    events = [pair for pair in pairs if pair[0] not in {"type", "order"}]
    return {
        "formats": [
            {"type": content_type, "name": name, "url": link(f"/{lang}/feed.{form}", pairs)}
            for form, content_type, name in FEEDS
        ],
        "subscribe": link(f"/{lang}/feed.atom", pairs),
        "calendar": link(f"/{lang}/events.ics", events) if not types or "event" in types else "",
        "of_events": types == ["event"],
    }
