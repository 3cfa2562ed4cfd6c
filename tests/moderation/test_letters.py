"""Letters that Wagtail writes by itself say nothing of what they are about (safety rule 19)."""

from typing import Any

import pytest
from django.core import mail
from wagtail.models import PageSubscription

from tests.factories import make_article

from .conftest import client_of, person
from .test_layout import edit, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("as_html", [False, True])
def test_a_letter_about_remarks_has_no_title_and_none_of_the_words(
    committed: Any, settings: Any, as_html: bool
) -> None:
    settings.WAGTAILADMIN_NOTIFICATION_USE_HTML = as_html
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    article = make_article(live=False, title="Amina in Sfax")
    PageSubscription.objects.create(user=moderator, page=article, comment_notifications=True)
    remark = {"comments-TOTAL_FORMS": "1", "comments-0-text": "Amina told me so", "comments-0-contentpath": "title"}
    remark |= {"comments-0-id": "", "comments-0-position": "", "comments-0-DELETE": "", "comments-0-resolved": ""}
    replies = {
        f"comments-0-replies-{name}": value for name, value in {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}.items()
    }
    browser = client_of(editor)
    with committed():
        browser.post(edit(article), {**sent(browser, edit(article)), **remark, **replies})

    letter = mail.outbox[0]
    written = [letter.subject, letter.body, *(str(text) for text, _kind in getattr(letter, "alternatives", []))]
    assert (letter.to, letter.subject) == (["mod@example.org"], "[Federation] There are new remarks on a page")
    assert f"/admin/pages/{article.pk}/edit/" in letter.body
    assert (len(written), [text for text in written if "Amina" in text or "Sfax" in text]) == (2 + as_html, [])
