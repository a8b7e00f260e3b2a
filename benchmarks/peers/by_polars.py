"""Learning time by polars, its streaming engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers import COLUMNS, IDLE_US, KEYS, NO_ACTS

if TYPE_CHECKING:
    import polars as pl


def compute(events: Path, out: Path) -> None:
    """Read the events (Parquet), write the result as Parquet into a folder."""
    import polars as pl

    scan = pl.scan_parquet(events).with_columns(at_us=pl.col("timestamp").dt.epoch("us"))
    digest = _digest(scan).collect(engine="streaming")
    edges = pl.concat([*_streams(digest.lazy()), *_attempts(scan)])
    _sweep(edges).collect(engine="streaming").write_parquet(out / "part.parquet")


def _digest(scan: pl.LazyFrame) -> pl.LazyFrame:
    """One row per stream and bucket."""
    import polars as pl

    event, at_us = pl.col("event"), pl.col("at_us")
    is_act = pl.col("activity_id").is_not_null() & pl.col("session_id").is_not_null()
    media = pl.when(event == "media_play").then(at_us * 2 + 1)
    media = media.when(event.is_in(["media_pause", "media_end"])).then(at_us * 2)
    return (
        scan.filter(is_act & event.is_in(list(NO_ACTS)).not_())
        .group_by(*KEYS, "session_id", bucket=at_us // IDLE_US)
        .agg(first_us=at_us.min(), last_us=at_us.max(), media=media.max())
    )


def _streams(digest: pl.LazyFrame) -> list[pl.LazyFrame]:
    """Points where streams and idle time begin and end."""
    import polars as pl

    stream = [*KEYS, "session_id"]
    extent = digest.group_by(stream).agg(start_us=pl.col("first_us").min(), end_us=pl.col("last_us").max())
    # Once sorted, what lies before is a shift; the media state runs on within the stream.
    before = digest.sort([*stream, "bucket"]).with_columns(
        before_us=pl.col("last_us").shift(1).over(stream),
        state=pl.col("media").cum_max().forward_fill().shift(1).over(stream),
    )
    silence = before.filter(
        (pl.col("first_us") - pl.col("before_us") > IDLE_US) & (pl.col("state").fill_null(0) % 2 == 0)
    ).select(*KEYS, start_us=pl.col("before_us") + IDLE_US, end_us=pl.col("first_us"))
    return [*_edges(extent, 1, 1, 0), *_edges(silence, 0, -1, 0)]


def _attempts(scan: pl.LazyFrame) -> list[pl.LazyFrame]:
    """Points where attempts begin and end."""
    import polars as pl

    at_us, event = pl.col("at_us"), pl.col("event")
    whole = (
        scan.filter(pl.col("activity_id").is_not_null() & pl.col("attempt_id").is_not_null())
        .group_by(*KEYS, "attempt_id")
        .agg(
            first_us=at_us.min(), last_us=at_us.max(),
            begun_us=at_us.filter(event == "assessment_start").min(),
            submit_us=at_us.filter(event == "assessment_submit").min(),
        )
    )  # fmt: skip
    begun = pl.col("begun_us").fill_null(pl.col("first_us"))
    attempt = whole.with_columns(
        start_us=pl.when(pl.col("begun_us") > pl.col("submit_us")).then(pl.col("first_us")).otherwise(begun),
        end_us=pl.col("submit_us").fill_null(pl.col("last_us")),
    )
    return _edges(attempt, 0, 0, 1)


def _edges(spans: pl.LazyFrame, *counts: int) -> list[pl.LazyFrame]:
    import polars as pl

    names = ("present", "active", "tested")
    return [
        spans.select(
            *KEYS, pl.col(column).alias("at_us"),
            *(pl.lit(sign * count, pl.Int64).alias(name) for name, count in zip(names, counts, strict=True)),
        )
        for column, sign in (("start_us", 1), ("end_us", -1))
    ]  # fmt: skip


def _sweep(edges: pl.LazyFrame) -> pl.LazyFrame:
    """Lengths by state, one row per participant, activity and module."""
    import polars as pl

    counts = ("present", "active", "tested")
    points = edges.group_by(*KEYS, "at_us").agg(pl.col(*counts).sum()).sort([*KEYS, "at_us"])
    swept = points.with_columns(
        pl.col(*counts).cum_sum().over(KEYS),
        length=(pl.col("at_us").shift(-1).over(KEYS) - pl.col("at_us")).fill_null(0),
    )
    present, active, tested = (pl.col(name) > 0 for name in counts)
    length = pl.col("length")
    return (
        swept.group_by(KEYS)
        .agg(
            presence_us=length.filter(present | tested).sum(),
            active_us=length.filter(active & ~tested).sum(),
            assessment_us=length.filter(tested).sum(),
        )
        .select(COLUMNS)
    )
