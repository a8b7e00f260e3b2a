"""Learning time by pandas: texts become numbers once, then everything is sorting and shifting numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.peers import COLUMNS, IDLE_US, KEYS, NO_ACTS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Numbers = npt.NDArray[np.int64]

_TEXTS = (*KEYS, "session_id", "attempt_id", "event")


def compute(events: Path, out: Path) -> None:
    """Read the events (Parquet), write the result as Parquet into a folder."""
    import pandas as pd
    import pyarrow.parquet as pq

    table = pq.read_table(events, columns=["timestamp", *_TEXTS], read_dictionary=list(_TEXTS))
    frame = table.to_pandas(self_destruct=True, split_blocks=True)
    del table
    frame["at_us"] = frame.pop("timestamp").astype("int64")
    owner, owners = _number(frame, KEYS)
    frame["owner"] = owner
    edges = pd.concat([_streams(frame), _attempts(frame)])
    lengths = _sweep(edges)
    owners.loc[lengths.index].join(lengths)[list(COLUMNS)].to_parquet(out / "part.parquet", index=False)


def _number(frame: pd.DataFrame, names: tuple[str, ...]) -> tuple[Numbers, pd.DataFrame]:
    """A dense number for each row's texts, and the texts of each number."""
    import numpy as np
    import pandas as pd

    mixed = np.zeros(len(frame), "int64")
    for name in names:
        column = frame[name].cat
        # No text has the code -1.
        mixed = mixed * (len(column.categories) + 1) + column.codes.to_numpy().astype("int64") + 1
    numbers, kinds = pd.factorize(mixed)
    texts = {}
    for name in reversed(names):
        categories = frame[name].cat.categories
        kinds, code = np.divmod(kinds, len(categories) + 1)
        texts[name] = pd.Series(pd.Categorical.from_codes(code - 1, categories))
    return numbers, pd.DataFrame(texts)


def _streams(frame: pd.DataFrame) -> pd.DataFrame:
    """Points where streams and idle time begin and end."""
    import numpy as np
    import pandas as pd

    is_act = frame["activity_id"].notna() & frame["session_id"].notna() & ~frame["event"].isin(NO_ACTS)
    act = frame.loc[is_act, ["owner", "session_id", "event", "at_us"]]
    sessions = len(act["session_id"].cat.categories)
    stream, _ = pd.factorize(act["owner"] * sessions + act["session_id"].cat.codes)
    at_us = act["at_us"].to_numpy()
    is_play = (act["event"] == "media_play").to_numpy()
    is_stop = act["event"].isin(["media_pause", "media_end"]).to_numpy()
    media = np.where(is_play, at_us * 2 + 1, np.where(is_stop, at_us * 2, 0))
    buckets = pd.DataFrame({
        "stream": stream, "bucket": at_us // IDLE_US, "at_us": at_us, "media": media,
        "owner": act["owner"].to_numpy(),
    })  # fmt: skip
    digest = buckets.groupby(["stream", "bucket"], sort=True).agg(
        owner=("owner", "first"), first_us=("at_us", "min"), last_us=("at_us", "max"), media=("media", "max")
    )
    streams = digest.groupby(level="stream", sort=False)
    extent = streams.agg(owner=("owner", "first"), start_us=("first_us", "min"), end_us=("last_us", "max"))
    before = streams["last_us"].shift(1, fill_value=0)
    state = streams["media"].cummax().groupby(level="stream", sort=False).shift(1, fill_value=0)
    is_silent = (before > 0) & (digest["first_us"] - before > IDLE_US) & (state % 2 == 0)
    silence = pd.DataFrame({
        "owner": digest["owner"], "start_us": before + IDLE_US, "end_us": digest["first_us"],
    })[is_silent]  # fmt: skip
    return pd.concat([_edges(extent, 1, 1, 0), _edges(silence, 0, -1, 0)])


def _attempts(frame: pd.DataFrame) -> pd.DataFrame:
    """Points where attempts begin and end."""
    import pandas as pd

    paper = frame.loc[
        frame["activity_id"].notna() & frame["attempt_id"].notna(), ["owner", "attempt_id", "event", "at_us"]
    ]
    of_attempt: list[Any] = [paper["owner"], paper["attempt_id"].cat.codes]
    whole = paper["at_us"].groupby(of_attempt).agg(["min", "max"])
    for name, word in (("begun", "assessment_start"), ("submit", "assessment_submit")):
        chosen = paper.loc[paper["event"] == word, "at_us"]
        # Nullable whole numbers: a float would round microseconds.
        whole[name] = chosen.groupby([key[chosen.index] for key in of_attempt]).min().astype("Int64")
    begun = whole["begun"].fillna(whole["min"])
    is_late = (whole["begun"] > whole["submit"]).fillna(False)
    attempt = pd.DataFrame({
        "owner": whole.index.get_level_values(0),
        "start_us": begun.mask(is_late, whole["min"]).astype("int64"),
        "end_us": whole["submit"].fillna(whole["max"]).astype("int64"),
    })  # fmt: skip
    return _edges(attempt, 0, 0, 1)


def _edges(spans: pd.DataFrame, present: int, active: int, tested: int) -> pd.DataFrame:
    import pandas as pd

    return pd.concat([
        pd.DataFrame({
            "owner": spans["owner"].to_numpy(), "at_us": spans[column].to_numpy(), "present": sign * present,
            "active": sign * active, "tested": sign * tested,
        })
        for column, sign in (("start_us", 1), ("end_us", -1))
    ])  # fmt: skip


def _sweep(edges: pd.DataFrame) -> pd.DataFrame:
    """Lengths by state, one row per owner."""
    import pandas as pd

    points = edges.groupby(["owner", "at_us"], sort=True).sum()
    state = points.groupby(level="owner", sort=False).cumsum() > 0
    at_us = points.index.get_level_values("at_us").to_series(index=points.index)
    length = at_us.groupby(level="owner", sort=False).shift(-1).astype("Int64") - at_us
    length = length.fillna(0).astype("int64")
    present, active, tested = state["present"], state["active"], state["tested"]
    lengths = pd.DataFrame({
        "presence_us": length.where(present | tested, 0), "active_us": length.where(active & ~tested, 0),
        "assessment_us": length.where(tested, 0),
    })  # fmt: skip
    return lengths.groupby(level="owner", sort=False).sum()
