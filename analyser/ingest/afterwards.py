"""What is known of rows only after they are in: how many are odd, and which were taken back."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from analyser.schema.inputs import VOCABULARY
from analyser.store import literal

if TYPE_CHECKING:
    import duckdb

_MOST_WORDS = 10
_IDS = "participants"
_ALIKE = """
SELECT count(*) FROM (
  SELECT 1 FROM (
    SELECT participant_id FROM event WHERE fault IS NULL
    UNION SELECT participant_id FROM scans UNION SELECT participant_id FROM participants
    UNION SELECT participant_id FROM certificates)
  WHERE participant_id IS NOT NULL
  GROUP BY ltrim(upper(trim(participant_id)), '0') HAVING count(*) > 1)
"""
# No refusal of a reading can have this number.
VOIDED = 65_535
_VOIDED_REASON = "was declared void by a later statement of the same system"
VOIDING_WORD = "voided"

# One row per event that a voiding statement names, wherever either of them stands.
_TAKEN_BACK = f"""
CREATE OR REPLACE TEMP TABLE taken_back AS
SELECT e.rowid AS rid, e.file_id FROM event e
SEMI JOIN (
  SELECT TRY_CAST(object_id AS UUID) AS record FROM event
  WHERE fault IS NULL AND record IS NOT NULL AND purpose = '{VOIDING_WORD}') v ON v.record = e.record
WHERE e.fault IS NULL AND e.purpose IS DISTINCT FROM '{VOIDING_WORD}'
"""
_REJECTS = f"""
INSERT INTO reject
SELECT t.file_id, t.rid - f.first_rid + s.shift, '', '{_VOIDED_REASON}', ''
FROM taken_back t JOIN source_file f USING (file_id)
ASOF JOIN line_shift s ON s.file_id = t.file_id AND t.rid - f.first_rid >= s.row_no
ORDER BY t.rid
"""
_COUNTS = """
UPDATE source_file f SET faulty_count = f.faulty_count + t.n
FROM (SELECT file_id, count(*) AS n FROM taken_back GROUP BY ALL) t WHERE t.file_id = f.file_id
"""
# The grade of an attempt where the submission itself has none: the last one given counts.
_GRADES = """
UPDATE event e SET score = g.score, max_score = g.max_score
FROM (
  SELECT participant_id, attempt_id, last(score ORDER BY at_us, score, max_score) AS score,
    last(max_score ORDER BY at_us, score, max_score) AS max_score
  FROM event JOIN source_file USING (file_id)
  WHERE fault IS NULL AND purpose = 'grade' AND score IS NOT NULL AND format = 'caliper' GROUP BY ALL) g
WHERE e.fault IS NULL AND e.kind = 'assessment_submit' AND e.purpose = 'ungraded'
  AND e.participant_id = g.participant_id AND e.attempt_id = g.attempt_id
  AND e.file_id IN (SELECT file_id FROM source_file WHERE format = 'caliper')
"""


def remark(
    connection: duckdb.DuckDBPyConnection, name: str, file_id: int, remarks: tuple[tuple[str, str], ...]
) -> None:
    """One sentence for each kind of oddity in a file's rows."""
    found = connection.execute(
        "SELECT remark, count(*), min(e.rowid - (SELECT min(rowid) FROM event WHERE file_id = $id)) "
        "FROM event e WHERE file_id = $id AND remark IS NOT NULL AND fault IS NULL GROUP BY ALL ORDER BY 1",
        {"id": file_id},
    ).fetchall()
    for number, count, row in found:
        ((line,),) = connection.execute(
            "SELECT $row + last(shift ORDER BY row_no) FROM line_shift "
            "WHERE file_id = $id AND row_no <= $row",
            {"id": file_id, "row": row},
        ).fetchall()
        what = f"records that {remarks[number - 1][1]}: {count}, the first in line {line}"
        connection.execute("INSERT INTO notice VALUES (?, ?)", [name, f"{name}: {what}; used all the same."])


def note_words(connection: duckdb.DuckDBPyConnection, name: str, file_id: int) -> None:
    """One sentence on events whose word is none of the vocabulary, naming those that look like one of it.

    Other words are not repeated: in a column that was mistaken for another, one could be a name.
    """
    found = connection.execute(
        "SELECT word, count(*) FROM event WHERE file_id = ? AND word IS NOT NULL AND fault IS NULL "
        "GROUP BY ALL ORDER BY 2 DESC, 1",
        [file_id],
    ).fetchall()
    if not found:
        return
    alike = [
        f"{count:,} say {word}, which looks like {near[0]}"
        for word, count in found
        if (near := get_close_matches(word.strip().lower(), VOCABULARY, n=1, cutoff=0.8))
    ]
    sentence = (
        f"{name}: {sum(count for _, count in found):,} rows name an event that is not in the vocabulary "
        f"({len(found)} different); they are kept and count as other"
    )
    told = "; ".join(alike[:_MOST_WORDS])
    connection.execute("INSERT INTO notice VALUES (?, ?)", [name, sentence + (f": {told}." if told else ".")])


def note_ids(connection: duckdb.DuckDBPyConnection) -> None:
    """One sentence on ids of participants that a reader would take for one another, over all tables."""
    connection.execute("DELETE FROM notice WHERE file = $1", [_IDS])
    ((count,),) = connection.execute(_ALIKE).fetchall()
    if count:
        sentence = (
            f"{_IDS}: ids that differ only in spaces, letter case or leading zeros: {count:,}; each is taken "
            "for a person of its own. Where they are one, write one id, or say so in the table identities."
        )
        connection.execute("INSERT INTO notice VALUES (?, ?)", [_IDS, sentence])


def take_back(connection: duckdb.DuckDBPyConnection) -> bool:
    """Set aside the events that the system itself has declared void, in whichever file they are.

    Returns:
        Whether there were any.
    """
    if not _has(connection, "xapi"):
        return False
    connection.execute(_TAKEN_BACK)
    connection.execute(_REJECTS)
    connection.execute(_COUNTS)
    connection.execute(f"UPDATE event SET fault = {VOIDED} WHERE rowid IN (SELECT rid FROM taken_back)")
    ((count,),) = connection.execute("SELECT count(*) FROM taken_back").fetchall()
    connection.execute("DROP TABLE taken_back")
    return bool(count)


def give_grades(connection: duckdb.DuckDBPyConnection) -> bool:
    """Submissions that were graded by a record of their own get their score; whether any may have."""
    if not _has(connection, "caliper"):
        return False
    connection.execute(_GRADES)
    return True


def _has(connection: duckdb.DuckDBPyConnection, export_format: str) -> bool:
    found = connection.execute("SELECT 1 FROM source_file WHERE format = ? LIMIT 1", [export_format])
    return bool(found.fetchall())


def note_columns(connection: duckdb.DuckDBPyConnection, table: str, names: list[str]) -> None:
    """Keep which columns were handed over: an empty cell is a fault, a missing column is none."""
    known = connection.execute("FROM given_column").fetchall()
    fresh = [(table, name) for name in names if (table, name) not in known]
    if fresh:
        told = ", ".join(f"({literal(table)}, {literal(name)})" for _, name in fresh)
        connection.execute(f"INSERT INTO given_column VALUES {told}")
