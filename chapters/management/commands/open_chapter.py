"""manage.py open_chapter: open a chapter, or repair one that is open."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chapters.models import Chapter, Invitation
from chapters.opening import open_chapter
from chapters.people import link_of


class Command(BaseCommand):
    """Makes pages in each language, groups, collection and grants in one transaction; repairs on a second run."""

    help = "Open a chapter: its pages in each language, groups, collection and grants. Running it again repairs."

    def add_arguments(self, parser: CommandParser) -> None:
        """See `chapters.opening.open_chapter`."""
        parser.add_argument("code", help="Its code for ever, a word of its addresses: tn, west-africa.")
        parser.add_argument(
            "--name",
            action="append",
            default=[],
            metavar="[LANG=]NAME",
            help="Name; for several languages: fr=Tunisie ar=تونس",
        )
        parser.add_argument("--level", default="", help=", ".join(Chapter.Level.values))
        parser.add_argument("--parent", default="", help="Code of the chapter it stands under.")
        parser.add_argument("--languages", default="", help="What it publishes in, its first language first: fr,ar")
        parser.add_argument("--countries", default="", help="ISO 3166-1 codes: TN,DZ")

        parser.add_argument(
            "--moderator", default="", metavar="E-MAIL", help="Its first moderator; invited if unknown."
        )

    def handle(self, *args: Any, code: str, **options: Any) -> None:
        """Say what was made, or what is wrong."""
        languages = [language.strip() for language in options["languages"].split(",") if language.strip()]
        try:
            opened = open_chapter(
                code,
                names=_names(options["name"], languages),
                level=options["level"],
                parent=options["parent"],
                languages=languages,
                countries=[country.strip() for country in options["countries"].split(",") if country.strip()],
                moderator=options["moderator"],
            )
        except ValidationError as error:
            raise CommandError("\n".join(_sentences(error))) from error
        if not opened.changed:
            self.stdout.write(f"{code}: everything is there already, nothing was changed.")
            return
        verb = "opened" if opened.created else "repaired"
        self.stdout.write(f"{code}: {verb}, {len(opened.pages)} pages and {opened.grants} grants made.")
        if isinstance(opened.named, Invitation):
            self.stdout.write(f"Invitation, good for seven days: {link_of(opened.named)}")
        elif opened.named is not None:
            self.stdout.write(f"{options['moderator']} is its moderator.")


def _names(given: list[str], languages: list[str]) -> dict[str, str]:
    names = {}
    for text in given:
        language, equals, name = text.partition("=")
        if not equals:
            language, name = (languages or ["en"])[0], text
        names[language.strip()] = name.strip()
    return names


def _sentences(error: ValidationError) -> list[str]:
    if hasattr(error, "error_dict"):
        return [f"{field}: {message}" for field, messages in error.message_dict.items() for message in messages]
    return list(error.messages)
