"""Who says it: chapters, their pages and their sections."""

from .chapter import Chapter
from .content import ArticlePage, EventPage, ThemedArticle, ThemedEvent
from .fronts import ChapterPage
from .invitations import Invitation
from .roles import FEDERATION_ROLES, Role, RoleAssignment
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
    "FEDERATION_ROLES",
    "AboutPage",
    "ArticlePage",
    "CasesIndexPage",
    "Chapter",
    "ChapterPage",
    "ContactPage",
    "EventPage",
    "EventsIndexPage",
    "Featured",
    "Invitation",
    "NewsIndexPage",
    "Role",
    "RoleAssignment",
    "StatementsIndexPage",
    "TextPage",
    "ThemedArticle",
    "ThemedEvent",
]
