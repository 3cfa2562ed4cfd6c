"""Who says it: chapters, their pages and their sections."""

from .chapter import Chapter
from .content import ArticlePage, EventPage, ThemedArticle, ThemedEvent
from .fronts import ChapterPage
from .sections import (
    AboutPage,
    CasesIndexPage,
    ContactPage,
    EventsIndexPage,
    Featured,
    NewsIndexPage,
    StatementsIndexPage,
    TextPage,
)

__all__ = [
    "AboutPage",
    "ArticlePage",
    "CasesIndexPage",
    "Chapter",
    "ChapterPage",
    "ContactPage",
    "EventPage",
    "EventsIndexPage",
    "Featured",
    "NewsIndexPage",
    "StatementsIndexPage",
    "TextPage",
    "ThemedArticle",
    "ThemedEvent",
]
