"""xAPI statements: what each becomes, what is refused, what is told."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from analyser.audit import Audit
from analyser.formats.xapi import TABLE

from .support import Row, case, json_lines, ledger, real, rejects, rows

if TYPE_CHECKING:
    from pathlib import Path

ADL = "http://adlnet.gov/expapi/verbs/"
VIDEO = "https://w3id.org/xapi/video/"
CMI5 = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
COURSE = {
    "id": "https://lms.example/course/7",
    "definition": {"type": "http://adlnet.gov/expapi/activities/course"},
}


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def statement(verb: str = ADL + "experienced", number: int = 1, **fields: Any) -> Row:
    """A sound statement; fields replace its own, None takes one out."""
    made: Row = {
        "id": uuid(number),
        "actor": {"account": {"homePage": "https://lms.example", "name": "u1"}},
        "verb": {"id": verb},
        "object": {"objectType": "Activity", "id": "https://lms.example/page/1"},
        "context": {"contextActivities": {"grouping": [COURSE]}},
        "timestamp": f"2025-09-01T10:00:{number % 60:02d}Z",
        "stored": f"2025-09-01T10:00:{number % 60:02d}Z",
    }
    return {key: value for key, value in {**made, **fields}.items() if value is not None}


def notices(audit: Audit) -> list[str]:
    return [row[0] for row in audit.connection.execute("SELECT sentence FROM notice ORDER BY ALL").fetchall()]


def one(tmp_path: Path, entry: Row) -> Row:
    audit = case(tmp_path, "statements.jsonl", json_lines(entry))
    assert rejects(audit) == []
    (row,) = rows(audit)
    return row


def refusal(tmp_path: Path, entry: Row | str) -> str:
    """Why a statement, among sound ones, is refused."""
    audit = case(tmp_path, "statements.jsonl", json_lines(statement(number=8), statement(number=9), entry))
    ((line, reason),) = rejects(audit)
    assert line == 3
    return reason


def test_a_page_that_was_experienced(tmp_path: Path) -> None:
    row = one(tmp_path, statement())
    assert (row["kind"], row["participant_id"]) == ("view", "https://lms.example|u1")
    assert (row["activity_id"], row["object_id"]) == (COURSE["id"], "https://lms.example/page/1")
    assert (row["session_id"], row["module_id"]) == (None, None)


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        ({"mbox": "mailto:a@b.example", "name": "A"}, "mailto:a@b.example"),
        ({"mbox_sha1sum": "CD9B00A5" * 5}, "sha1:" + "cd9b00a5" * 5),
        ({"openid": "http://openid.example.org/1"}, "http://openid.example.org/1"),
        ({"objectType": "Agent", "account": {"homePage": "http://x.example", "name": "7"}}, "http://x.example|7"),
    ],
)  # fmt: skip
def test_identifiers_are_kept_apart_and_whole(tmp_path: Path, actor: Row, expected: str) -> None:
    assert one(tmp_path, statement(actor=actor))["participant_id"] == expected


FAULTS: list[tuple[Row | str, str]] = [
    (
        statement(actor={"objectType": "Group", "member": [], "mbox": "mailto:a@b.c"}),
        "a group, not one person",
    ),
    (statement(actor={"name": "Nobody"}), "has no mbox"),
    (statement(actor={"mbox": "mailto:a@b.c", "openid": "http://x.y"}), "several identifiers"),
    (statement(actor={"mbox": "a@b.c"}), "malformed"),
    (statement(actor={"mbox_sha1sum": "12"}), "malformed"),
    (statement(actor={"account": {"name": "7"}}), "malformed"),
    (statement(actor="mailto:a@b.c"), "has no mbox"),
    (statement(verb=None), "has no verb"),  # type: ignore[arg-type]  # taken out on purpose
    (statement("attended"), "verb.id is no IRI"),
    (statement(object={"objectType": "Activity"}), "has no object"),
    (statement(object={"objectType": "Table", "id": "x:y"}), "has no object"),
    (statement(object={"objectType": "Agent", "name": "B"}), "it is about has no identifier"),
    (statement(object={"objectType": "SubStatement", "verb": {"id": "x:y"}}), "inside it lacks"),
    (statement(timestamp=None, stored=None), "neither timestamp nor stored"),
    (statement(timestamp="2008-09-15T15:53:00.601-00:00"), "the zone is unknown"),
    (statement(timestamp="2008-09-15T15:53:00.601-0000"), "the zone is unknown"),
    (statement(timestamp="2008-09-15T15:53:00.601-00"), "the zone is unknown"),
    (statement(timestamp="01/011/2015"), "timestamp cannot be read"),
    (statement(ADL + "passed", result={"score": {"raw": 11, "max": 10}}), "outside its own limits"),
    (statement(ADL + "passed", result={"score": {"scaled": 1.01}}), "outside its own limits"),
    (json.dumps(statement())[:-1] + ', "actor": {"mbox": "mailto:x@y.z"}}', "has a name twice"),
    (json.dumps(statement()).replace('"account"', '"account": {}, "account"'), "has a name twice"),
    (statement(actor={"mbox": "mailto:a\0@b.c"}), "contains a NUL byte"),
    (json.dumps(statement())[:-3], "is not a JSON object"),
    ("[1, 2", "is not a JSON object"),
    ("null", "is not a JSON object"),
]


@pytest.mark.parametrize(("entry", "reason"), FAULTS)
def test_who_what_and_when_must_be_said(tmp_path: Path, entry: Row | str, reason: str) -> None:
    assert reason in refusal(tmp_path, entry)


def test_every_way_of_reading_gives_the_same(tmp_path: Path) -> None:
    """Typed reader, lines, page and careful reader: one file each, and the same events."""
    sound = [
        statement(ADL + verb, number, result={"score": {"raw": number, "max": 40}, "success": True})
        for number, verb in enumerate(("experienced", "passed", "answered", "failed", "progressed", "new"), 1)
    ]
    page = json.dumps({"statements": sound, "more": ""}, indent=1)
    forms = {
        "lines.jsonl": json_lines(*sound),
        # A name twice stops the typed reader, an odd line end the quick one.
        "twice.jsonl": json_lines(*sound, '{"actor": 1, "actor": 2, "verb": {"id": "x:y"}, "object": {}}'),
        "ends.jsonl": json_lines(*sound).replace("\n", "\r", 1),
        "page.json": page,
        "list.json": json.dumps(sound),
        "pages.jsonl": json_lines({"more": "/x", "statements": sound[:3]}, {"statements": sound[3:]}),
    }
    found = {}
    for number, (name, text) in enumerate(forms.items()):
        audit = case(tmp_path / str(number), name, text)
        found[name] = rows(audit)
        ((_, kind, read, stored, duplicate, rejected),) = ledger(audit)
        assert (kind, duplicate, rejected) == ("xapi", 0, int(name.startswith("twice"))), name
        assert read == stored + rejected == 6 + rejected
    assert all(rows_ == found["lines.jsonl"] for rows_ in found.values())
    assert [row["kind"] for row in found["page.json"]] == [
        "view", "assessment_submit", "answer", "assessment_submit", "heartbeat", "other",
    ]  # fmt: skip


def test_a_compressed_file_and_a_line_that_moves(tmp_path: Path) -> None:
    text = "\n" + json_lines(statement(number=1), "{", statement(number=2))
    audit = case(tmp_path, "s.jsonl.gz", gzip.compress(text.encode()))
    assert rejects(audit) == [(3, "is not a JSON object")]
    assert [row["at_us"] % 60_000_000 for row in rows(audit)] == [1_000_000, 2_000_000]


def test_a_clip_plays_for_what_is_left_of_it(tmp_path: Path) -> None:
    clip = {"id": "https://lms.example/clip", "definition": {"type": VIDEO + "activity-type/video"}}
    context = {"contextActivities": {"parent": [COURSE]}, "extensions": {VIDEO + "extensions/length": 60.5}}

    def made(verb: str, number: int, **extensions: Any) -> Row:
        found = {VIDEO + "extensions/" + key.replace("_", "-"): value for key, value in extensions.items()}
        return statement(verb, number, object=clip, context=context, result={"extensions": found})

    audit = case(tmp_path, "video.jsonl", json_lines(
        made(ADL + "initialized", 1),
        made(VIDEO + "verbs/played", 2, time=20.25),
        made(VIDEO + "verbs/paused", 3, time=21, played_segments="20.25[.]21"),
        made(VIDEO + "verbs/seeked", 4, time_from=21, time_to=40),
        made(VIDEO + "verbs/played", 5, time=70),
        made(ADL + "completed", 6, played_segments="0[.]21[,]40[.]x"),
        made(ADL + "terminated", 7),
    ))  # fmt: skip
    found = [(row["kind"], row["object_id"], row["duration_us"]) for row in rows(audit)]
    assert found == [
        ("heartbeat", clip["id"], None), ("media_play", clip["id"], 40_250_000),
        ("media_pause", clip["id"], None),
        ("interact", clip["id"], None), ("media_play", clip["id"], None), ("complete", clip["id"], None),
        ("media_pause", clip["id"], None),
    ]  # fmt: skip
    assert notices(audit) == [
        "exports/video.jsonl: records that have played-segments that cannot be read: 1, the first in line 6; "
        "used all the same."
    ]


def test_a_cmi5_session(tmp_path: Path) -> None:
    def made(verb: str, number: int, **result: Any) -> Row:
        activities = {
            "category": [{"id": "https://w3id.org/xapi/cmi5/context/categories/cmi5"}],
            "grouping": [COURSE],
        }
        context = {"registration": uuid(99), "contextActivities": activities, "extensions": {CMI5: "s1"}}
        return statement(verb, number, context=context, result=result or None)

    adl = "https://w3id.org/xapi/adl/verbs/"
    audit = case(tmp_path, "cmi5.jsonl", json_lines(
        made(ADL + "launched", 1), made(ADL + "initialized", 2), made(ADL + "completed", 3, completion=True),
        made(ADL + "passed", 4, success=True, score={"scaled": 0.8}),
        made(ADL + "terminated", 5, duration="PT4S"),
        made(adl + "abandoned", 6, duration="bad"), made(adl + "waived", 7), made(adl + "satisfied", 8),
    ))  # fmt: skip
    assert [(row["kind"], row["session_id"]) for row in rows(audit)] == [
        ("view", "s1"), ("view", "s1"), ("complete", "s1"), ("assessment_submit", "s1"), ("logout", "s1"),
        ("heartbeat", f"system/{uuid(6)}"), ("edit", f"system/{uuid(7)}"), ("heartbeat", f"system/{uuid(8)}"),
    ]  # fmt: skip
    submit = rows(audit)[3]
    assert (submit["score"], submit["max_score"], submit["attempt_id"]) == (0.8, 1, uuid(4))
    told = " ".join(notices(audit))
    assert "without naming the attempt" in told
    assert "no ISO 8601 duration: 1, the first in line 6" in told
    assert "credit without study" in told


def test_a_scorm_attempt_holds_its_questions_together(tmp_path: Path) -> None:
    attempt = {
        "id": "https://lms.example/sco?attempt=2",
        "definition": {"type": "http://adlnet.gov/expapi/activities/attempt"},
    }
    context = {"contextActivities": {"grouping": [attempt, COURSE]}}
    audit = case(tmp_path, "scorm.jsonl", json_lines(
        statement(ADL + "answered", 1, context=context, result={"success": False, "response": "b"}),
        statement(ADL + "answered", 2, context=context, result={"success": True}),
        statement(ADL + "failed", 3, context=context, result={"score": {"raw": 5, "min": 0, "max": 10}}),
    ))  # fmt: skip
    first, second, last = rows(audit)
    assert {row["attempt_id"] for row in (first, second, last)} == {attempt["id"]}
    assert {row["activity_id"] for row in (first, second, last)} == {COURSE["id"]}
    assert (first["item_id"], first["response"], first["score"], first["max_score"]) == (
        "https://lms.example/page/1", "b", 0, 1,
    )  # fmt: skip
    assert (second["score"], last["score"], last["max_score"]) == (1, 5, 10)


@pytest.mark.parametrize(
    "thing",
    [
        {"objectType": "Agent", "mbox": "mailto:b@c.d"},
        {"objectType": "StatementRef", "id": uuid(5)},
        {
            "objectType": "SubStatement", "actor": {"mbox": "mailto:b@c.d"},
            "verb": {"id": ADL + "completed"}, "object": {"id": "https://lms.example/page/1"},
        },
    ],
)  # fmt: skip
def test_a_plan_or_a_person_completes_nothing(thing: Row, tmp_path: Path) -> None:
    row = one(tmp_path, statement(ADL + "completed", object=thing))
    assert (row["kind"], row["word"], row["object_id"]) == ("other", ADL + "completed", None)


VOID = {"objectType": "StatementRef", "id": uuid(2)}


@pytest.mark.parametrize("is_first", [True, False])
def test_a_voided_statement_counts_nowhere(tmp_path: Path, is_first: bool) -> None:
    """Whether the voiding statement stands in the same file, an earlier or a later one."""
    void = statement(ADL + "voided", 3, object=VOID)
    name = "a.jsonl" if is_first else "z.jsonl"
    case(tmp_path, name, json_lines(void))
    audit = case(tmp_path, "m.jsonl", json_lines(statement(number=1), statement(number=2)))
    assert [row["kind"] for row in rows(audit) if row["kind"] != "edit"] == ["view"]
    assert rejects(audit) == [(2, "was declared void by a later statement of the same system")]
    entries = {file: counts for file, _, *counts in ledger(audit)}
    assert entries == {"exports/m.jsonl": [2, 1, 0, 1], f"exports/{name}": [1, 1, 0, 0]}


def test_clocks_that_differ_are_told(tmp_path: Path) -> None:
    late, early = (TABLE["clock"][name] for name in ("late_s", "early_s"))
    assert (late, early) == (86_400, 300)
    audit = case(tmp_path, "s.jsonl", json_lines(
        statement(number=1, timestamp="2025-09-01T10:00:00Z", stored="2025-09-02T10:00:00Z"),
        statement(number=2, timestamp="2025-09-01T10:00:00Z", stored="2025-09-02T10:00:01Z"),
        statement(number=3, timestamp="2025-09-01T11:05:00Z", stored="2025-09-01T10:59:59Z"),
        statement(number=4, timestamp="2025-09-01T11:05:00Z", stored="2025-09-01T11:00:00Z"),
        statement(number=5, timestamp=None),
        statement(number=6, timestamp="2030-09-01T10:00:00Z", stored=None),
    ))  # fmt: skip
    told = notices(audit)
    assert len(told) == 3
    assert "more than 86400 seconds after the time they state: 1, the first in line 2" in told[2]
    assert "more than 300 seconds before the time they state: 1, the first in line 3" in told[1]
    assert "have no timestamp; when the store got them is taken instead: 1, the first in line 5" in told[0]
    assert len(rows(audit)) == 6


def test_the_video_session(tmp_path: Path) -> None:
    audit = case(tmp_path, "v.json", real("xapi/video_profile_statements.json").read_bytes())
    assert ledger(audit) == [("exports/v.json", "xapi", 11, 11, 0, 0)]
    kinds = [row["kind"] for row in rows(audit)]
    assert (kinds[1:3], kinds[-2:]) == (["media_play", "media_pause"], ["complete", "media_pause"])


@pytest.mark.parametrize(("around", "activity"), [([], None), ([COURSE], COURSE["id"])])
def test_a_login_is_in_no_activity_but_a_course(tmp_path: Path, around: list[Row], activity: str) -> None:
    site = {"id": "https://lms.example"}
    context = {"contextActivities": {"grouping": [site, *around]}}
    row = one(tmp_path, statement("https://w3id.org/xapi/adl/verbs/logged-in", object=site, context=context))
    assert (row["kind"], row["activity_id"]) == ("login", activity)
