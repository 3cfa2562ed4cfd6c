"""manage.py reconcile_register: find and repair any difference between content and register."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.reconciliation import Found, reconcile


class Command(BaseCommand):
    """Finds what ought to be public and is not in the register, what is and ought not, and what is out of date."""

    help = "Find and repair any difference between what ought to be public and the register."

    def add_arguments(self, parser: CommandParser) -> None:
        """--dry-run counts only."""
        parser.add_argument("--dry-run", action="store_true", help="Count the differences, repair nothing.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Print how many differences of each sort there are, or were."""
        self.stdout.write(describe(reconcile(dry_run=dry_run), dry_run=dry_run))


def describe(found: Found, *, dry_run: bool) -> str:
    """The outcome in a few lines, the total first."""
    done = "found" if dry_run else "repaired"
    lines = [f"{found.differences} differences {done}, {found.checked} things checked."]
    sorts = {
        "missing from the register": found.missing,
        "should not be there": found.surplus,
        "out of date": found.outdated,
    }
    for sort, counter in sorts.items():
        lines += [f"  {count} {type_name} {sort}" for type_name, count in sorted(counter.items()) if count]
    return "\n".join(lines)
