"""What an operator needs before a qualification can be put on the Qualifications Register."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE = Path(__file__).parent / "recognised_qualifications" / "upload_checklist.toml"


def kinds() -> tuple[str, ...]:
    """The kinds of operator, as named on the command line."""
    return tuple(_content()["kinds"])


def checklist(kind: str, language: str) -> Iterator[str]:
    """The lines of the checklist.

    Args:
        kind: one of `kinds()`.
        language: ``en``, ``zh-Hant`` or ``both``.
    """
    content = _content()
    yield _said(content["kinds"][kind], language)
    for step in content["step"]:
        items = [item for item in step["item"] if kind in item["for"]]
        if items:
            yield ""
            yield _said(step["name"], language)
            yield from (f"  [ ] {_said(item, language)}" for item in items)
    yield ""
    yield _said(content["source"], language)


def _content() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _said(texts: dict[str, Any], language: str) -> str:
    chosen = ("en", "zh") if language == "both" else ("zh" if language == "zh-Hant" else "en",)
    return " / ".join(str(texts[name]) for name in chosen)
