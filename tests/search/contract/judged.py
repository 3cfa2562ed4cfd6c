"""Documents of the judged set as things on a shelf."""

from search.things import Thing
from tests.search.generated import CHAPTERS
from tests.search.judged_pairs import Document

from .shelf import note


def thing_of(ref: str, document: Document) -> Thing:
    """The thing with this one document."""
    from chapters.models import Chapter
    from chapters.register import labels_of, named

    chapter = Chapter.objects.filter(code=document.chapter).first()
    owner = named(chapter, document.language) if chapter else {"code": document.chapter, "label": document.chapter}
    said = {"title": document.title, "text": document.text, "owner": owner}
    return note(
        ref,
        {document.language: said},
        date=document.date,
        kind=document.kind,
        owner=document.chapter,
        chapters=CHAPTERS.get(document.chapter, (document.chapter,)),
        labels=labels_of(chapter) if chapter else {},
        themes=document.themes,
        countries=document.countries,
    )
