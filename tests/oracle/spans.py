"""Arithmetic on half-open intervals of whole microseconds."""

from collections.abc import Iterable

from .model import Span


def union(spans: Iterable[Span]) -> list[Span]:
    """The same time as disjoint intervals in order."""
    proper = [span for span in spans if span[0] < span[1]]
    if len(proper) < 2:
        return proper
    joined: list[Span] = []
    for start, end in sorted(proper):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def cut(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts that lie in [start, end)."""
    return union((max(left, start), min(right, end)) for left, right in spans)


def length(spans: Iterable[Span]) -> int:
    """The length of the union."""
    return sum(end - start for start, end in union(spans))
