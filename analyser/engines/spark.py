"""The rules in Spark: each task assesses some participants with DuckDB, and the driver puts them together.

The audit database stays with the driver. Its events go to Spark as Parquet, once; what runs across
participants is asked by the driver, of the small parts that the tasks hand back. See docs/spark.md.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.engines.local import NUMBERED, LocalEngine
from analyser.engines.prepare import prepare
from analyser.engines.share import GIVEN, Task, answers, event_columns, packed, unpacked
from analyser.errors import AnalyserError
from analyser.rulebook.relations import needed
from analyser.store import stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

# Where events and answers lie meanwhile: a folder or an address that every executor can reach.
WORK = "ANALYSER_SPARK_DIR"
MASTER = "ANALYSER_SPARK_MASTER"
_ROWS_A_FILE = 1_000_000
_ROWS_A_TASK = 500_000
_EXPORT = """
SELECT {names} FROM stored_event e JOIN participant_key p USING (participant_id)
LEFT JOIN event_tie t ON t.rid = e.rid WHERE e.fault IS NULL
"""


class SparkEngine(LocalEngine):
    """Runs a scheme in Spark's tasks; the results stand in the driver's database as after a local run."""

    memory_limit = "2GB"
    threads: int | None = None

    def derive(self) -> None:
        """Make every relation and finding; the database itself is not touched.

        Raises:
            AnalyserError: the scheme's participants cannot be assessed apart, or Spark cannot be used.
        """
        if not self._scheme.keeps_parts:
            raise AnalyserError(
                f"--engine spark: the scheme {self._scheme.name} rests on {self._scheme.trail}, which "
                "fit one machine; use --engine duckdb."
            )
        self._earlier.find(anew=True)
        prepare(self._connection, self._scheme, self._as_of)
        keys = [relation for relation in self._alone if relation.is_key]
        self._run([r for r in self._alone if r in needed(self._alone, keys) and not r.is_view])
        with _work() as work, self._session(work) as session:
            self._progress("events to Spark")
            self._export(session, f"{work}/events")
            self._progress("Spark: participants")
            self._assess_shares(session, work)
            self._progress("Spark: answers")
            staged = self._stage(session, f"{work}/answers")
        self._put_together(staged)

    def publish(self) -> None:
        """Replace the result tables (the caller holds the transaction)."""
        for name in (relation.name for relation in self._published):
            table = stored(self._connection, name)
            self._connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM temp.{name}")
            self._connection.execute(f"DROP TABLE temp.{name}")
        self._keep()

    @contextlib.contextmanager
    def _session(self, work: str) -> Iterator[Any]:
        """A Spark session; one that was there before stays."""
        # Executors must run the same interpreter, with this program in it.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise AnalyserError(
                "--engine spark needs pyspark, which is not installed: pip install 'analyser[spark]'."
            ) from error
        there = SparkSession.getActiveSession()
        builder = SparkSession.builder.appName("analyser").config("spark.ui.showConsoleProgress", "false")
        if master := os.environ.get(MASTER) or (f"local[{self.threads}]" if self.threads else None):
            builder = builder.master(master)
        try:
            session = there or builder.getOrCreate()
        except PySparkException as error:
            raise AnalyserError(
                "--engine spark: Spark could not be started; it needs Java 17 or later (JAVA_HOME), and a "
                "master that answers."
            ) from error
        session.sparkContext.setLogLevel("ERROR")
        try:
            yield session
        finally:
            _remove(session, work)
            if there is None:
                session.stop()

    def _export(self, session: Any, place: str) -> None:
        """Every usable event with its participant's number, its row and its tie order, as Parquet."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        sources = {"pid": "p.pid", "tie": "t.tie", "is_duplicate": "t.is_duplicate"}
        sources["kind"] = "e.kind::VARCHAR AS kind"
        names = ", ".join(sources.get(name, f"e.{name}") for name in event_columns())
        reader = self._connection.sql(_EXPORT.format(names=names)).to_arrow_reader(_ROWS_A_FILE)
        local = _local(place)
        if local:
            local.mkdir(parents=True)
        for number, batch in enumerate(reader):
            rows = pa.Table.from_batches([batch])
            if local:
                pq.write_table(rows, local / f"part-{number:05}.parquet", compression="zstd")
            else:
                # An object store or HDFS is Spark's to write.
                session.createDataFrame(rows).write.mode("append").parquet(place)

    def _assess_shares(self, session: Any, work: str) -> None:
        ((count, people),) = self._connection.execute(
            "SELECT (SELECT count(*) FROM stored_event), (SELECT count(*) FROM participant_key)"
        ).fetchall()
        if not people:
            return
        task = session.sparkContext.broadcast(self._task())

        def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            import pyarrow as pa

            for name, data in answers(batches, task.value):
                yield pa.RecordBatch.from_pydict({"name": [name], "data": [data]})

        shares = max(session.sparkContext.defaultParallelism, -(-count // _ROWS_A_TASK))
        session.read.parquet(f"{work}/events").repartition(min(shares, people), "pid").mapInArrow(
            run, "name string, data binary"
        ).write.partitionBy("name").parquet(f"{work}/answers")

    def _task(self) -> Task:
        def rows(query: str) -> bytes:
            return packed(self._connection.sql(query).to_arrow_table())

        return Task(
            scheme=self._scheme,
            as_of=self._as_of,
            given={name: rows(f"FROM {name}") for name in GIVEN},
            owners=rows("SELECT activity_id, module_id, oid FROM owner_key"),
            memory_limit=self.memory_limit,
        )

    def _stage(self, session: Any, place: str) -> list[str]:
        """What the tasks answered, as temporary tables ``staged_NAME``; which there are."""
        ((people,),) = self._connection.execute("SELECT count(*) FROM participant_key").fetchall()
        if not people:
            return []
        staged: list[str] = []
        for row in (
            session.read.parquet(place).select("name", "data").toLocalIterator(prefetchPartitions=True)
        ):
            self._connection.register("answer", unpacked(bytes(row["data"])))
            if row["name"] in staged:
                self._connection.execute(f"INSERT INTO staged_{row['name']} BY NAME FROM answer")
            else:
                self._connection.execute(f"CREATE OR REPLACE TEMP TABLE staged_{row['name']} AS FROM answer")
                staged.append(row["name"])
            self._connection.unregister("answer")
        return staged

    def _put_together(self, staged: list[str]) -> None:
        """The driver assesses nobody, joins what the tasks found, and asks what runs across participants."""
        run = self._connection.execute
        run("CREATE OR REPLACE TEMP TABLE known_participant AS FROM participant_key")
        run("CREATE OR REPLACE TEMP TABLE known_owner AS SELECT activity_id, module_id, oid FROM owner_key")
        run("DROP VIEW temp.stored_event")
        run("CREATE TEMP TABLE stored_event AS SELECT rowid AS rid, * FROM event LIMIT 0")
        run("CREATE OR REPLACE TEMP TABLE touched (participant_id VARCHAR)")
        self._is_part_run = True
        prepare(self._connection, self._scheme, self._as_of)
        self._run(self._alone)
        for name in staged:
            if name in self._parts:
                run(f"INSERT INTO temp.{name} BY NAME FROM staged_{name}")
        self._run(self._across)
        self._run(self._published)
        self._check()
        for name in (relation.name for relation in self._published if relation.name in staged):
            if name == "findings":
                numbered = NUMBERED.format(table="staged_findings")
                run(f"CREATE OR REPLACE TEMP TABLE all_findings AS {numbered}")
                run("DROP TABLE temp.findings")
                run("ALTER TABLE all_findings RENAME TO findings")
            else:
                run(f"INSERT INTO temp.{name} BY NAME FROM staged_{name}")
        for name in staged:
            run(f"DROP TABLE staged_{name}")


@contextlib.contextmanager
def _work() -> Iterator[str]:
    """A place of this run's own, by its address; a local one is gone afterwards whatever happens."""
    base = os.environ.get(WORK)
    if base and "://" in base:
        yield f"{base.rstrip('/')}/analyser-{uuid.uuid4().hex}"
        return
    folder = Path(tempfile.mkdtemp(prefix="analyser-spark-", dir=base)).resolve()
    # Executors of other users read it too; the folder above is the place to say who may.
    folder.chmod(0o755 if base else 0o700)
    try:
        yield folder.as_uri()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _local(place: str) -> Path | None:
    """The folder of a local address; none for a store that only Spark can write."""
    return Path(place.removeprefix("file://")) if place.startswith("file:///") else None


def _remove(session: Any, work: str) -> None:
    """Take away what lies in a store; a local folder goes with its context."""
    if _local(work) is None:
        machine = session.sparkContext._jvm
        path = machine.org.apache.hadoop.fs.Path(work)
        path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration()).delete(path, True)
