"""One audit: a database that takes exports in, applies a scheme and gives results."""

from __future__ import annotations

import datetime
import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from analyser import store
from analyser.errors import AnalyserError
from analyser.ingest import tables
from analyser.ingest.load import load
from analyser.ingest.reconcile import reconcile
from analyser.ingest.scan import printable
from analyser.ingest.source import find_sources
from analyser.ingest.trails import check_trail
from analyser.progress import Watch
from analyser.results import Results
from analyser.rulebook.scheme import Scheme, load_scheme
from analyser.run_info import HONG_KONG, describe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    import pandas as pd
    import plotly.graph_objects as go

    from analyser.engines.local import LocalEngine

log = logging.getLogger(__name__)
DEFAULT_SCHEME = "ia-elearning"


def today_in_hong_kong() -> datetime.date:
    """The default audit date."""
    return datetime.datetime.now(HONG_KONG).date()


class Audit:
    """One audit database, open for work; use it in a ``with`` statement."""

    def __init__(
        self,
        database: Path | str | None = None,
        *,
        memory_limit: str = store.DEFAULT_MEMORY_LIMIT,
        threads: int | None = None,
        reachable: Iterable[Path] = (),
        progress: Callable[[str], None] | None = None,
    ) -> None:
        """Open or create an audit database.

        Args:
            database: its file; None works in memory.
            memory_limit: what DuckDB may hold before it spills to disk.
            threads: worker threads.
            reachable: folders and files that may be read or written.
            progress: told what is being done, one short text each.
        """
        self._path = Path(database) if database else None
        self._progress = progress
        self._is_open = True
        self.connection = store.connect(
            self._path, memory_limit=memory_limit, threads=threads, reachable=reachable
        )

    def __enter__(self) -> Audit:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error:
            self.connection.close()
        else:
            self.close()

    def close(self) -> None:
        """Close the database; it stays on disk.

        Raises:
            AnalyserError: not all of it could be written there.
        """
        try:
            if self._path and self._is_open:
                store.settle(self.connection)
        finally:
            self._is_open = False
            self.connection.close()

    def ingest(
        self,
        paths: Iterable[Path | str],
        *,
        export_format: str | None = None,
        mapping: Path | str | None = None,
        table: str | None = None,
    ) -> list[str]:
        """Add exports and registers; the same file twice adds nothing.

        Args:
            paths: files, or case folders.
            export_format: read every file as this learning system's format.
            mapping: TOML file that says how exports are to be read (see docs/formats.md).
            table: read every file as this table, whatever its name.

        Returns:
            One sentence for each file that was left unread, and for each oddity in those that were read.

        Raises:
            InputError: a file cannot be used; those before it are in.
            PolicyError: the mapping file has faults.
        """
        from analyser.formats import in_stages, reading_for
        from analyser.formats.mapping import load_mapping

        changes = load_mapping(Path(mapping)) if mapping else None
        with store.transaction(self.connection):
            tables.create(self.connection)
        sources, unread = find_sources(list(map(Path, paths)), as_export=export_format is not None)
        if table:
            sources = [replace(source, table=table) for source in sources]
        recognise = partial(reading_for, export_format=export_format, mapping=changes)
        with Watch(self.connection, self._progress) as watch:
            for source in in_stages(sources, export_format, changes):
                watch.step(f"reading {source.name}")
                load(self.connection, source, recognise, watch.expect)
            watch.step("reconciling")
            reconcile(self.connection)
        for sentence in unread:
            self.connection.execute(
                "INSERT INTO notice SELECT '', $1 WHERE $1 NOT IN (SELECT sentence FROM notice)", [sentence]
            )
        odd = self.connection.execute("SELECT sentence FROM notice WHERE file <> '' ORDER BY ALL").fetchall()
        return [*unread, *(sentence for (sentence,) in odd)]

    def assess(
        self,
        scheme: str | Scheme = DEFAULT_SCHEME,
        *,
        policy: Path | None = None,
        as_of: datetime.date | None = None,
        case: str = "",
        anew: bool = False,
        engine: str = "duckdb",
    ) -> Audit:
        """Apply a scheme's rules to what is in the database; the results replace earlier ones.

        After an earlier assessment by the same rules, only participants with something new are
        assessed again; the results are those of a whole run.

        Args:
            scheme: its name, or one already loaded.
            policy: file whose values override the scheme's.
            as_of: audit date; later events are left out.
            case: name shown in reports.
            anew: assess every participant, whatever is known from an earlier assessment.
            engine: duckdb, or spark (see docs/spark.md), which always assesses every participant.

        Raises:
            PolicyError: the scheme or policy file has faults.
            AnalyserError: nothing has been ingested yet, or only the trail of another scheme.
        """
        if not tables.is_audit_database(self.connection):
            raise AnalyserError(f"{self._path or 'memory'}: nothing ingested yet; run ingest first.")
        loaded = scheme if isinstance(scheme, Scheme) else load_scheme(scheme, policy)
        if not tables.is_reconciled(self.connection):
            # Somebody stopped the ingest after its last file.
            reconcile(self.connection)
        check_trail(self.connection, loaded)
        day = as_of or today_in_hong_kong()
        made_by = _engine(engine)
        with Watch(self.connection, self._progress) as watch:
            watch.step("looking for what is known already")
            runner = made_by(self.connection, loaded, day, watch.step, anew=anew)
            runner.derive()
            with store.transaction(self.connection):
                runner.publish()
                describe(self.connection, loaded, day, case or (self._path.stem if self._path else "audit"))
        return self

    @property
    def results(self) -> Results:
        """The result tables of the last assessment.

        Raises:
            AnalyserError: there was none yet.
        """
        is_assessed = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'run_info'"
        if not self.connection.execute(is_assessed).fetchall():
            raise AnalyserError(f"{self._path or 'memory'}: not assessed yet; run analyser assess first.")
        return Results(self.connection)

    def report(
        self, out: Path | str, *, language: str = "both", participants: int | None = None
    ) -> dict[str, Path]:
        """Write every report into a folder.

        Args:
            out: the folder; it must be among the reachable ones.
            language: en, zh-Hant or both.
            participants: how many get a page of their own.
        """
        from analyser.report import write_reports

        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        return write_reports(
            self.results, folder, language=language, participants=participants, progress=self._progress
        )

    def explain(
        self, participant: str, activity: str | None = None, module: str | None = None, language: str = "en"
    ) -> str:
        """Why this credit: clause by clause, interval by interval, with source file and line."""
        from analyser.engines.again import made_again
        from analyser.report.explain import explain

        # Words from a command line may be no text; no id is.
        what, part = (None if word is None else printable(word) for word in (activity, module))
        who = printable(participant)
        with made_again(self.results, self.connection, who) as again:
            return explain(self.results, who, what, part, language, again)

    def timeline(self, participant: str) -> go.Figure:
        """A participant's time as a plotly figure."""
        from analyser.report.figures import timeline_figure

        return timeline_figure(self.results, participant)

    def table(self, name: str) -> pd.DataFrame:
        """A result table as a data frame (see `analyser.schema.results`)."""
        frame: pd.DataFrame = self.results.arrow(f'FROM "{name}"').to_pandas()
        return frame

    @property
    def credits(self) -> pd.DataFrame:
        """One row per participant and module: minutes, status, figures."""
        return self.table("credits")

    @property
    def findings(self) -> pd.DataFrame:
        """One row per finding, with clause, words and source lines."""
        return self.table("findings")

    @property
    def periods(self) -> pd.DataFrame:
        """One row per participant and assessment period: hours against what is required."""
        return self.table("periods")

    @property
    def intervals(self) -> pd.DataFrame:
        """One row per run of one state: the ledger of every second of presence."""
        return self.table("intervals")

    @property
    def coverage(self) -> pd.DataFrame:
        """One row per rule: passed, failed, not assessable and why."""
        return self.table("coverage")

    @property
    def ingested(self) -> pd.DataFrame:
        """One row per source file: read = stored + duplicate + rejected."""
        return self.table("ingest")


def _engine(name: str) -> type[LocalEngine]:
    # Of what a whole run needs the ingest does without much, so it is imported when it is asked for.
    if name == "duckdb":
        from analyser.engines.batched import BatchedEngine

        return BatchedEngine
    from analyser.engines.spark import SparkEngine

    return SparkEngine
