"""Small pieces of SVG, with text in one language or both."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Told apart by people with any kind of colour vision (Okabe and Ito), toned for print.
COLOURS = {
    "session": "#5b6770",
    "learning": "#0b6aa8",
    "media": "#16957b",
    "idle": "#e0a32e",
    "assessment": "#b3608f",
    "portal": "#b9c1c7",
    "break": "#8a7cc2",
}


def picture(width: int, height: int, label: str, body: Iterable[str], kind: str) -> str:
    """A whole picture that scales with its place and says what it shows."""
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg">{"".join(body)}</svg>'
    )


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A filled rectangle, never too thin to see."""
    return (
        f'<rect class="{kind}" x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0.8))}" height="{_n(height)}"/>'
    )


def bars(spans: Iterable[tuple[float, float]], y: float, height: float, kind: str) -> str:
    """Many rectangles of one row as a single path, which keeps long reports small."""
    path = "".join(f"M{_n(x)} {_n(y)}h{_n(max(w, 0.8))}v{_n(height)}h-{_n(max(w, 0.8))}z" for x, w in spans)
    return f'<path class="{kind}" d="{path}"/>' if path else ""


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return f'<line class="{kind}" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"/>'


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """A text that is the same in every language."""
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}">{escape(words)}</text>'


def texts(x: float, y: float, words: Mapping[str, str], kind: str = "") -> str:
    """A text by language; the page shows one of them."""
    return "".join(
        f'<text class="{kind}" lang="{language}" x="{_n(x)}" y="{_n(y)}">{escape(word)}</text>'
        for language, word in words.items()
    )


def glyph(x: float, y: float, shape: str, kind: str) -> str:
    """A mark of a given shape around a point."""
    return f'<path class="{kind}" transform="translate({_n(x)} {_n(y)})" d="{shape}"/>'


def _n(value: float) -> str:
    """A coordinate to a tenth of a point."""
    return f"{value:.1f}".removesuffix(".0")
