"""manage.py chapter_status: suspend, archive or reopen a chapter."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chapters.opening import chapter_named
from chapters.status import STEPS, change_status


class Command(BaseCommand):
    """Does what the admin's screens do, and says what it concerned."""

    help = "Suspend, archive or reopen a chapter: what it writes stops, what it has published stays."

    def add_arguments(self, parser: CommandParser) -> None:
        """See `chapters.status.change_status`."""
        parser.add_argument("code", help="Code of the chapter: tn")
        parser.add_argument("step", choices=list(STEPS))
        parser.add_argument("--reason", required=True, help="Shown to the chapter's people, and kept in the log.")

    def handle(self, *args: Any, code: str, step: str, reason: str, **options: Any) -> None:
        """Say what was done, or what is wrong."""
        try:
            chapter = chapter_named(code)
            concerned = change_status(chapter, step, reason=reason)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(
            f"{code} is {chapter.status}: {concerned.people} people, {concerned.things} public things stay, "
            f"{concerned.scheduled} scheduled publications called off, {concerned.waiting} reviews wait."
        )
