"""manage.py sync_chapters: find and repair what is derived for the chapters and has drifted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chapters.models import Chapter
from chapters.provisioning import drift, provision
from chapters.roles import end_what_has_run_out


class Command(BaseCommand):
    """Groups, members, grants, collections, view restrictions and workflows of every chapter, from its roles."""

    help = "Derive groups and grants of the chapters from their roles again. With --check only say what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        """All chapters, or those that are named."""
        parser.add_argument("codes", nargs="*", help="Codes of chapters; none: all.")
        parser.add_argument("--check", action="store_true", help="Change nothing; fail when something differs.")

    def handle(self, *args: Any, codes: list[str], check: bool, **options: Any) -> None:
        """A line for each difference."""
        chapters = Chapter.objects.filter(code__in=codes) if codes else Chapter.objects.all()
        unknown = sorted(set(codes) - {chapter.code for chapter in chapters})
        if unknown:
            raise CommandError(f"There is no chapter {', '.join(unknown)}.")
        if not check:
            end_what_has_run_out()
        found = [line for chapter in chapters for line in drift(chapter)]
        for line in found:
            self.stdout.write(line)
        if check and found:
            raise CommandError(f"{len(found)} differences.")
        repaired = 0 if check else sum(provision(chapter) for chapter in chapters)
        self.stdout.write(f"{repaired} differences repaired." if repaired else "Everything is as it should be.")
