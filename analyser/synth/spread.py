"""The one trick all of this rests on: ranges of many owners, laid out side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def spread(start: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For every owner n the numbers `start[n]`..

    `start[n] + count[n]`, and which owner each belongs to.
    """
    import numpy as np

    owner = np.repeat(np.arange(len(count)), count)
    before = np.cumsum(count) - count
    return np.arange(len(owner)) - before[owner] + start[owner], owner
