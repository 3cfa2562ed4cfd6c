"""Who says it: chapters, their pages and their sections."""

from .approval import ChapterApproval, DecisionForm, Review, StaffApproval
from .chapter import Chapter
from .content import ArticlePage, EventPage, ThemedArticle, ThemedEvent
from .fronts import ChapterPage
from .invitations import Invitation
from .labels import Label
from .offers import OfferedForTranslation
from .remarks import Remark
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
from .transfers import TransferRequest

__all__ = [
    "FEDERATION_ROLES",
    "AboutPage",
    "ArticlePage",
    "CasesIndexPage",
    "Chapter",
    "ChapterApproval",
    "ChapterPage",
    "ContactPage",
    "DecisionForm",
    "EventPage",
    "EventsIndexPage",
    "Featured",
    "Invitation",
    "Label",
    "NewsIndexPage",
    "OfferedForTranslation",
    "Remark",
    "Review",
    "Role",
    "RoleAssignment",
    "StaffApproval",
    "StatementsIndexPage",
    "TextPage",
    "ThemedArticle",
    "ThemedEvent",
    "TransferRequest",
]
