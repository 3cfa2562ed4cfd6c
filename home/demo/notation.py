"""The notation of the demonstration's texts, turned into blocks."""

import re
from html import escape
from typing import Any

Block = tuple[str, Any]


def rich(text: str) -> str:
    """`**bold**`, `*italic*` and `[text](https://...)` as rich text."""
    html = escape(text, quote=False)
    html = re.sub(r"\[([^\]]+)\]\((https?://[^)\s]+)\)", r'<a href="\2">\1</a>', html)
    html = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html)
    html = re.sub(r"\*(.+?)\*", r"<i>\1</i>", html)
    return f"<p>{html}</p>"


def blocks(body: list[Any], cites: list[str] = []) -> list[dict[str, Any]]:  # noqa: B006 - never changed
    """Raw values for a StreamField; each cited ref becomes a reference at the end."""
    values = [_block(part) for part in body] + [{"type": "reference", "value": ref} for ref in cites]
    return [{**value, "id": f"demo-{number}"} for number, value in enumerate(values)]


def _block(part: Any) -> dict[str, Any]:
    if isinstance(part, str):
        return {"type": "paragraph", "value": rich(part)}
    if "heading" in part:
        return {"type": "heading", "value": {"text": part["heading"], "level": "2", "anchor": ""}}
    if "quote" in part:
        return {"type": "quote", "value": {"text": part["quote"], "source": part.get("source", "")}}
    if "list" in part:
        items = [{"number": number, "text": rich(text)} for number, text in part["list"]]
        return {"type": "list", "value": {"title": "", "items": items, "anchor": ""}}
    answer = {"question": part["question"], "answer": rich(part["answer"]), "items": [], "anchor": ""}
    return {"type": "question_and_answer", "value": answer}
