"""Python's lists as Arrow tables, for DuckDB to read.

`pyarrow.array` and `pyarrow.table` import pandas to see whether they were handed something of it. That takes
a third of a second, as long as a small file altogether, so columns are made of their bytes here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa


def arrow_table(names: Sequence[str], columns: Iterable[pa.Array]) -> pa.Table:
    """A table of columns that `texts` and `whole_numbers` made."""
    import pyarrow as pa

    return pa.Table.from_arrays(list(columns), names=list(names))


def texts(values: Sequence[str | None]) -> pa.Array:
    """A column of texts.

    Raises:
        UnicodeEncodeError: a text holds half a surrogate pair.
    """
    import numpy as np
    import pyarrow as pa

    encoded = [None if value is None else value.encode() for value in values]
    ends = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(value or b"") for value in encoded], dtype=np.int64, out=ends[1:])
    is_there = np.packbits(np.array([value is not None for value in encoded], np.bool_), bitorder="little")
    buffers = [is_there, ends, b"".join(value for value in encoded if value)]
    return pa.Array.from_buffers(pa.large_string(), len(encoded), list(map(pa.py_buffer, buffers)))


def whole_numbers(values: Sequence[int] | npt.NDArray[np.int64] | npt.NDArray[np.uint64]) -> pa.Array:
    """A column of BIGINT, or of UBIGINT where the values are numpy's unsigned ones."""
    import numpy as np
    import pyarrow as pa

    numbers = np.ascontiguousarray(values if isinstance(values, np.ndarray) else np.array(values, np.int64))
    kind = pa.uint64() if numbers.dtype == np.uint64 else pa.int64()
    return pa.Array.from_buffers(kind, len(numbers), [None, pa.py_buffer(numbers)])
