"""The rules in Spark: each task assesses some participants with DuckDB (see docs/spark.md)."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analyser.engines.parted import SendingEngine
from analyser.engines.share import answers
from analyser.errors import AnalyserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

# Where events and answers lie meanwhile: a folder or an address that every executor can reach.
WORK = "ANALYSER_SPARK_DIR"
MASTER = "ANALYSER_SPARK_MASTER"
_ROWS_A_FILE = 1_000_000
_ROWS_A_TASK = 2_000_000
_MARK = "\u2402"


class _Work(NamedTuple):
    """Where a run's files lie: the address that Spark knows, and the folder if it is one."""

    address: str
    folder: Path | None


class SparkEngine(SendingEngine):
    """Shares the participants out to Spark's tasks; a task that is lost is simply run again."""

    def answers(self) -> Iterator[tuple[str, bytes]]:
        """What the tasks answered.

        Raises:
            AnalyserError: Spark cannot be used.
        """
        if not (people := self._count("participant_key")):
            return
        with _work() as work, _session(work) as session:
            self._progress("events to Spark")
            self._export(session, work)
            self._progress("Spark: participants")
            self._assess(session, work, people)
            self._progress("Spark: answers")
            rows = session.read.parquet(f"{work.address}/answers").select("name", "data")
            for row in rows.toLocalIterator(prefetchPartitions=True):
                yield row["name"], bytes(row["data"])

    def _export(self, session: Any, work: _Work) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if work.folder:
            (work.folder / "events").mkdir()
        for number, batch in enumerate(self._events(_ROWS_A_FILE)):
            rows = pa.Table.from_batches([batch])
            if work.folder:
                pq.write_table(rows, work.folder / f"events/part-{number:05}.parquet", compression="zstd")
            else:
                # An object store or HDFS is Spark's to write.
                session.createDataFrame(rows).write.mode("append").parquet(f"{work.address}/events")

    def _assess(self, session: Any, work: _Work, people: int) -> None:
        context = session.sparkContext
        # On this machine the tasks share what one run may hold; on others each has it for itself.
        at_once = context.defaultParallelism if context.master.startswith("local") else 1
        task = context.broadcast(self._task(at_once))

        def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            import pyarrow as pa

            for name, data in told(answers(batches, task.value)):
                yield pa.RecordBatch.from_pydict({"name": [name], "data": [data]})

        count = self._count("stored_event")
        shares = max(context.defaultParallelism, -(-count // _ROWS_A_TASK))
        events = session.read.parquet(f"{work.address}/events").repartition(min(shares, people), "pid")
        answered = events.mapInArrow(run, "name string, data binary")
        answered.write.partitionBy("name").parquet(f"{work.address}/answers")
        task.destroy()


def told(given: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """What a task answers; its failure is one sentence, since the text of an error may quote the data.

    Raises:
        AnalyserError: whatever went wrong, marked so that the driver finds the sentence.
    """
    try:
        yield from given
    except AnalyserError as error:
        raise AnalyserError(f"{_MARK}{error}{_MARK}") from None
    except Exception as error:
        kind = type(error).__name__
        if kind == "OutOfMemoryException":
            sentence = (
                "a task did not fit its memory; raise --memory-limit, or give tasks fewer cores at once."
            )
        else:
            sentence = f"a task failed ({kind}); look at the executor's log, or use --engine duckdb."
        raise AnalyserError(f"{_MARK}--engine spark: {sentence}{_MARK}") from None


def _sentence(error: Exception) -> str:
    """What to say of an error of Spark: the sentence of the task that failed, if there is one."""
    marked = str(error).split(_MARK)
    if len(marked) > 2:
        return marked[1]
    return (
        f"--engine spark: the job failed ({type(error).__name__}); can every executor reach {WORK}, and "
        "does it have this program? Spark's own log says more."
    )


@contextlib.contextmanager
def _session(work: _Work) -> Iterator[Any]:
    """A Spark session; one that was there before stays, and what lies in a store is taken away."""
    # Executors must run the same interpreter, with this program in it.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise AnalyserError(
            "--engine spark needs pyspark, which is not installed: pip install 'analyser[spark]'."
        ) from error
    there = SparkSession.getActiveSession()
    builder = SparkSession.builder.appName("analyser").config("spark.ui.showConsoleProgress", "false")
    if master := os.environ.get(MASTER):
        builder = builder.master(master)
    try:
        session = there or builder.getOrCreate()
    except PySparkException as error:
        raise AnalyserError(
            "--engine spark: Spark could not be started; it needs Java 17 or later (JAVA_HOME) and a master "
            "that answers."
        ) from error
    # A log of errors holds what they quote; what went wrong is told in one sentence.
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    except (PySparkException, Py4JError) as error:
        raise AnalyserError(_sentence(error)) from error
    finally:
        if not work.folder:
            _remove(session, work.address)
        if there is None:
            session.stop()


@contextlib.contextmanager
def _work() -> Iterator[_Work]:
    """A place of this run's own; a folder is gone afterwards whatever happens."""
    base = os.environ.get(WORK)
    if base and "://" in base:
        yield _Work(f"{base.rstrip('/')}/analyser-{uuid.uuid4().hex}", None)
        return
    folder = Path(tempfile.mkdtemp(prefix="analyser-spark-", dir=base)).resolve()
    try:
        yield _Work(folder.as_uri(), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove(session: Any, place: str) -> None:
    path = session.sparkContext._jvm.org.apache.hadoop.fs.Path(place)
    path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration()).delete(path, True)
