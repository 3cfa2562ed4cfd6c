"""Guests: people who may look at one item of a chapter that is not theirs, because something asks them to."""

from collections.abc import Callable
from typing import Any

# Somebody's rule: whether (user, row or page) is shown, drafts and all. Never more than shown.
Rule = Callable[[Any, Any], bool]

_rules: list[Rule] = []


def let_in(rule: Rule) -> None:
    """Add a rule; called from `ready()` of the app that has a reason (a review, an invitation)."""
    if rule not in _rules:
        _rules.append(rule)


def is_guest(user: Any, item: Any) -> bool:
    """Whether any rule shows this item to this user."""
    return any(rule(user, item) for rule in _rules)
