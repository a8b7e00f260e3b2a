"""Is this certificate's credit supported by the log, clause by clause, and can it be proved?

Example::

    import analyser
    audit = analyser.run("sample_data/case")
    audit.credits          # one row per participant and module
    audit.explain("P001")  # the verdict as a person would argue it
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.errors import AnalyserError, InputError, PolicyError

if TYPE_CHECKING:
    from analyser.audit import Audit

__all__ = ["AnalyserError", "Audit", "InputError", "PolicyError", "open_audit", "run"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Importing the package stays quick: the engine is loaded when it is first asked for.
    if name == "Audit":
        from analyser.audit import Audit

        return Audit
    raise AttributeError(name)


def run(case: str | Path, *, out: str | Path | None = None, **options: Any) -> Audit:
    """Ingest a case folder, assess it, and leave the audit open for questions.

    Args:
        case: the case folder.
        out: folder for the reports; None writes none.
        **options: ``scheme``, ``policy`` (a file), ``as_of`` (a date), ``db``, ``memory_limit``,
            ``threads``.

    Raises:
        AnalyserError: the input or the policy cannot be used; the message says what to do.
    """
    from analyser.audit import DEFAULT_SCHEME, Audit
    from analyser.store import threads_for

    folder, database = Path(case), options.pop("db", None)
    reachable = [folder, *([Path(out)] if out else [])]
    audit = Audit(
        database,
        memory_limit=options.pop("memory_limit", "4GB"),
        threads=options.pop("threads", None)
        or threads_for([folder, *([Path(database)] if database else [])]),
        reachable=reachable,
    )
    audit.ingest([folder])
    audit.assess(options.pop("scheme", DEFAULT_SCHEME), case=folder.name, **options)
    if out:
        audit.report(out)
    return audit


def open_audit(database: str | Path, **options: Any) -> Audit:
    """Open an audit database made earlier."""
    from analyser.audit import Audit

    return Audit(database, **options)
