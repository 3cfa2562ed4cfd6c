"""Uploads by every way, and who may fetch what."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import APIToken, Collection
from willow.image import UnrecognisedImageFormatError

from chapters.models import Chapter
from federation.media.collections import public_collection
from tests.factories import body, make_article, make_statement, publish

from . import files
from .test_cleaning import leaks

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(federation: object) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.org", "x"))
    return client


def upload(content: bytes = b"", name: str = "Ahmed in Tunis.jpg") -> Any:
    picture = get_image_model()(title="A picture", file=ContentFile(content or files.jpeg(), name=name))
    picture.save()
    return picture


def stored() -> list[bytes]:
    return [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_admin_form_stores_a_clean_file_under_a_random_name(admin: Client) -> None:
    file = SimpleUploadedFile("Ahmed.jpg", files.jpeg(), "image/jpeg")
    response = admin.post(reverse("wagtailimages:add"), {"title": "T", "file": file, "collection": 1, "tags": ""})
    assert response.status_code == 302, response.context["form"].errors
    picture = get_image_model().objects.get()
    assert "Ahmed" not in picture.file.name
    assert leaks(picture.file.read()) == []
    assert (picture.width, picture.height) == (600, 900)


def test_the_admin_form_says_why_it_refuses(admin: Client) -> None:
    file = SimpleUploadedFile("bomb.png", files.bomb_png(), "image/png")
    response = admin.post(reverse("wagtailimages:add"), {"title": "T", "file": file, "collection": 1})
    assert response.status_code == 200
    assert "more than 40 million pixels" in response.content.decode()
    paper = SimpleUploadedFile("paper.pdf", files.encrypted_pdf(), "application/pdf")
    response = admin.post(reverse("wagtaildocs:add"), {"title": "T", "file": paper, "collection": 1})
    assert "protected by a password" in response.content.decode()
    assert not get_image_model().objects.exists()
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize(("name", "content"), [("x.svg", files.SVG), ("x.png", files.SVG), ("x.jpg", files.EXECUTABLE)])
def test_wrong_files_are_refused_by_form_and_model(admin: Client, name: str, content: bytes) -> None:
    file = SimpleUploadedFile(name, content)
    assert admin.post(reverse("wagtailimages:add"), {"title": "T", "file": file, "collection": 1}).status_code == 200
    # Willow may refuse to look at it before we are asked.
    with pytest.raises((ValidationError, UnrecognisedImageFormatError)):
        upload(content, name)
    assert not get_image_model().objects.exists()


def test_the_api_stores_a_clean_file(admin: Client, client: Client) -> None:
    _, key = APIToken.create_token(user=get_user_model().objects.get(), name="t")
    file = SimpleUploadedFile("Ahmed.jpg", files.jpeg(), "image/jpeg")
    response = client.post(
        "/api/v3/images/",
        {"title": "T", "file": file, "collection_id": Collection.get_first_root_node().pk},
        headers={"Authorization": f"Bearer {key}"},
    )
    assert response.status_code == 201, response.content
    picture = get_image_model().objects.get()
    assert leaks(picture.file.read()) == []
    assert "Ahmed" not in picture.file.name


def test_nothing_is_hidden_in_originals_renditions_and_documents(federation: object, client: Client) -> None:
    paper = get_document_model()(title="Paper", file=ContentFile(files.pdf(), name="Ahmed.pdf"))
    paper.save()
    blocks = [
        *body("Text"),
        ("image", {"image": upload(), "alt": "A gradient", "caption": "", "credit": ""}),
        ("document", {"document": paper, "title": ""}),
    ]
    article = make_article(picture=upload(), picture_alt="Grey", body=blocks)
    response = client.get(f"/api/v3/articles/{article.ref}/")
    document = json.loads(response.content)
    assert document["image"]["alt"] == "Grey"
    assert [r["width"] for r in document["image"]["renditions"]] == [400, 600]
    assert all(leaks(content) == [] for content in [*stored(), response.content])
    assert "Ahmed" not in response.content.decode()


def test_a_file_is_public_exactly_as_long_as_something_public_shows_it(admin: Client, client: Client) -> None:
    picture = upload()
    article = make_article(picture=picture, picture_alt="Grey", live=False)
    article.save_revision()
    rendition = picture.get_rendition("width-400|format-webp")
    assert client.get(rendition.url).status_code == 404
    publish(article)
    urls = [r["url"] for r in json.loads(client.get(f"/api/v3/articles/{article.ref}/").content)["image"]["renditions"]]
    paths = [url.removeprefix("http://127.0.0.1:8000") for url in urls]
    for path in paths:
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        assert response["Cache-Control"] == "public, max-age=300"
    assert client.get(picture.file.url).status_code == 404
    article.unpublish()
    assert [client.get(path).status_code for path in paths] == [404, 404]
    inside = admin.get(paths[0])
    assert (inside.status_code, inside["Cache-Control"]) == (200, "no-store")


def test_what_lies_in_no_public_collection_is_listed_for_nobody(federation: object, client: Client) -> None:
    picture_model, root = get_image_model(), Collection.get_first_root_node()
    unsorted = upload()
    assert unsorted.collection.name == "Unsorted"
    open_one = upload()
    open_one.collection = public_collection()
    open_one.save()
    stray = picture_model(title="Stray", file="original_images/x.jpg", width=1, height=1, collection=root)
    picture_model.objects.bulk_create([stray])
    chapters = upload()
    chapters.collection = Chapter.objects.get(code="tn").collection
    chapters.save()
    for version in ("v2", "v3"):
        listed = json.loads(client.get(f"/api/{version}/images/").content)["items"]
        assert [item["id"] for item in listed] == [open_one.pk], version
    assert client.get(open_one.file.url).status_code == 200
    assert client.get(unsorted.file.url).status_code == 404


@pytest.mark.parametrize("path", ["../federation.sqlite3", "%2e%2e/manage.py", "original_images/none.jpg", "x%00y"])
def test_no_other_file_can_be_reached(federation: object, admin: Client, path: str) -> None:
    assert admin.get(f"/media/{path}").status_code in {400, 404}


def test_a_documents_link_shows_type_size_and_language(federation: object, client: Client) -> None:
    paper = get_document_model()(title="Paper", language="fr", file=ContentFile(files.pdf(), name="a.pdf"))
    paper.save()
    statement = make_statement(body=[("document", {"document": paper, "title": ""})])
    block = json.loads(client.get(f"/api/v3/statements/{statement.ref}/").content)["body"][0]
    link = block["document"]
    assert (link["title"], link["type"], link["language"]) == ("Paper", "application/pdf", "fr")
    assert link["size"] == paper.file.size > 0
    assert client.get(link["url"].removeprefix("http://127.0.0.1:8000")).status_code == 200
