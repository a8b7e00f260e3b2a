"""Exports of a wanted size in the shapes real systems write, and a canonical CSV as wide, all made by SQL.

In a template `<<` and `>>` enclose SQL over `n`, the number of the line.
"""

from __future__ import annotations

import re
import sys
from itertools import zip_longest
from pathlib import Path

import duckdb

HOME = Path(__file__).resolve().parent / "data"
_AT = "<<strftime(TIMESTAMP '2026-03-01' + to_milliseconds(n * 731), '%Y-%m-%dT%H:%M:%S.%f')>>"
_AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0"
_ADL = "http://adlnet.gov/expapi/"
_VIDEO = "https://w3id.org/xapi/video/"

_COURSE = "course-v1:Provider+CPD<<n % 40>>+2026"
_BLOCK = "block-v1:Provider+CPD<<n % 40>>+2026+type@video+block@<<md5((n % 900)::VARCHAR)>>"
_ASKED = r'"{\"POST\": {}, \"GET\": {\"page\": [\"1\"]}}"'
_PLAYED = rf'"{{\"id\": \"{_BLOCK}\", \"currentTime\": <<n % 600>>.25, \"duration\": 900}}"'
# (event_type, event_source, event) and how many of twenty lines: half of a real log are requests.
_OPENEDX = (
    (f"/courses/{_COURSE}/courseware/w1/s2/", "server", _ASKED, 5),
    (f"/courses/{_COURSE}/xblock/{_BLOCK}/handler/xmodule_handler/problem_get", "server", _ASKED, 4),
    ("/notifier_api/v1/users/", "server", _ASKED, 1),
    ("play_video", "browser", _PLAYED, 2),
    ("pause_video", "browser", _PLAYED, 2),
    ("page_close", "browser", '"{}"', 2),
    ("seq_next", "browser", r'"{\"old\": 1, \"new\": 2, \"id\": \"s\"}"', 1),
    ("problem_check", "server", f'{{"problem_id": "{_BLOCK}", "grade": 1, "max_grade": 2, "attempts": 1, '
     '"answers": {"a_2_1": "choice_1"}, "submission": {"a_2_1": {"question": "", "correct": true}}}', 1),
    ("edx.completion.block_completion.changed", "server",
     f'{{"block_id": "{_BLOCK}", "completion": 1.0}}', 1),
    ("edx.ui.lms.link_clicked", "browser", r'"{\"target_url\": \"https://lms.example.org/\"}"', 1),
)  # fmt: skip
# One line in fifty was written before the login.
_USER = "if(n % 50 = 0, 'null', (n % 9000)::VARCHAR)"
_OPENEDX_LINE = (
    """{"username": "<<if(n % 50 = 0, '', 'learner' || n % 9000)>>", "event_type": "NAME", "event_source": """
    f'"SOURCE", "name": "NAME", "accept_language": "zh-HK,en;q=0.8", "time": "{_AT}+00:00", "agent": '
    f'"{_AGENT}", "page": "https://lms.example.org/courses/{_COURSE}/courseware/w1/s2/?activate=1", "host": '
    '"lms.example.org", "session": "<<md5((n // 90)::VARCHAR)>>", "referer": '
    f'"https://lms.example.org/courses/{_COURSE}/", "ip": "10.1.<<n % 250>>.7", "event": BODY, "context": '
    f'{{"user_id": <<{_USER}>>, "org_id": "Provider", "course_id": "{_COURSE}", "path": "/event"}}}}'
)
_XAPI = (
    (f"{_ADL}verbs/experienced", f"{_ADL}activities/module", "{}"),
    (f"{_VIDEO}verbs/played", f"{_VIDEO}activity-type/video",
     f'{{"extensions": {{"{_VIDEO}extensions/time": 31.5}}}}'),
    (f"{_VIDEO}verbs/paused", f"{_VIDEO}activity-type/video", f'{{"extensions": {{"{_VIDEO}extensions/time": '
     f'61.5, "{_VIDEO}extensions/played-segments": "31.5[.]61.5"}}}}'),
    (f"{_ADL}verbs/answered", f"{_ADL}activities/cmi.interaction",
     '{"success": true, "response": "choice_2", "score": {"scaled": 1, "raw": 1, "min": 0, "max": 1}}'),
    (f"{_ADL}verbs/completed", f"{_ADL}activities/module", '{"completion": true, "duration": "PT31M"}'),
    (f"{_ADL}verbs/passed", f"{_ADL}activities/assessment",
     '{"success": true, "score": {"scaled": 0.8, "raw": 8, "min": 0, "max": 10}, "duration": "PT9M30S"}'),
)  # fmt: skip
_SITE = "https://lms.example.org"
_XAPI_LINE = (
    """{"id": "<<format('{:08x}', n)>>-0000-4000-8000-000000000000", "actor": {"objectType": "Agent", """
    f'"account": {{"homePage": "{_SITE}", "name": "learner<<n % 9000>>"}}}}, "verb": {{"id": "NAME", '
    f'"display": {{"en-US": "did"}}}}, "object": {{"id": "{_SITE}/mod/page/view.php?id=<<n % 900>>", '
    '"objectType": "Activity", "definition": {"name": {"en": "Section <<n % 900>>"}, "type": "SOURCE"}}, '
    '"result": BODY, "context": {"platform": "lms", "language": "en", "contextActivities": {"parent": [{'
    f'"id": "{_SITE}/course/view.php?id=<<n % 40>>", "definition": {{"type": "{_ADL}activities/course", '
    f'"name": {{"en": "Ethics"}}}}}}], "grouping": [{{"id": "{_SITE}", "objectType": "Activity", '
    '"definition": {"type": "http://id.tincanapi.com/activitytype/lms"}}]}}, '
    f'"timestamp": "{_AT}Z", "stored": "{_AT}Z", "authority": {{"objectType": "Agent", "account": '
    '{"homePage": "https://lrs.example.org", "name": "lms"}}, "version": "1.0.3"}'
)
# Our word, Moodle's event and the level of its context.
_MOODLE = (
    ("view", r"\mod_page\event\course_module_viewed", "70"),
    ("view", r"\mod_book\event\course_module_viewed", "70"),
    ("view", r"\mod_book\event\chapter_viewed", "70"),
    ("view", r"\core\event\course_viewed", "50"),
    ("view", r"\mod_forum\event\discussion_viewed", "70"),
    ("post", r"\mod_forum\event\post_created", "70"),
    ("login", r"\core\event\user_loggedin", "10"),
    ("logout", r"\core\event\user_loggedout", "10"),
    ("complete", r"\core\event\course_module_completion_updated", "70"),
    ("assessment_submit", r"\mod_quiz\event\attempt_submitted", "70"),
)
_MOODLE_NAMES = (
    "id,eventname,component,action,target,objecttable,objectid,crud,edulevel,contextid,contextlevel,"
    "contextinstanceid,userid,courseid,relateduserid,anonymous,other,timecreated,origin,ip,realuserid"
)
_MOODLE_LINE = (
    "<<n>>,NAME,mod_page,viewed,course_module,page,<<n % 900>>,r,2,<<n % 950>>,SOURCE,<<n % 900>>,"
    "<<100 + n % 9000>>,<<2 + n % 40>>,<<if(n % 10 >= 8, (100 + n % 9000)::VARCHAR, '')>>,0,"
    """<<if(n % 10 = 8, '"{""completionstate"":1}"', 'null')>>,<<1772323200 + n // 2>>,web,"""
    "10.1.<<n % 250>>.7,"
)
# The columns that Moodle's log fills.
_EVENT_NAMES = (
    "timestamp,participant_id,event,session_id,activity_id,object_id,attempt_id,item_id,factor,purpose,"
    "outcome,actor_id,ip"
)
_EVENT_LINE = (
    f"{_AT}+08:00,<<100 + n % 9000>>,NAME,<<md5((n // 90)::VARCHAR)>>,<<2 + n % 40>>,cm/<<n % 900>>,"
    "<<if(n % 10 = 9, (n // 10)::VARCHAR, '')>>,,,,,,10.1.<<n % 250>>.7"
)


def _sql(template: str) -> str:
    """A template as an SQL expression."""
    parts = re.split("<<(.*?)>>", template)
    texts = ["'" + part.replace("'", "''") + "'" for part in parts[::2]]
    given = [f"({part})" for part in parts[1::2]]
    return " || ".join(x for pair in zip_longest(texts, given) for x in pair if x)


def _lines(template: str, kinds: list[tuple[str, str, str]]) -> str:
    """SQL: lines whose kinds take turns; of a kind its name, source and body stand in the template."""
    cases = []
    for number, (name, source, body) in enumerate(kinds):
        line = template.replace("NAME", name).replace("SOURCE", source).replace("BODY", body)
        cases.append(f"WHEN {number} THEN {_sql(line)}")
    # A step that is prime to the number of kinds mixes them.
    return f"SELECT CASE n * 7 % {len(kinds)} {' '.join(cases)} END FROM range({{rows}}) t(n)"


def _files() -> dict[str, tuple[str, str, str]]:
    """Format -> name of its file, its header, and SQL of its lines."""
    openedx = [kind[:3] for kind in _OPENEDX for _ in range(kind[3])]
    moodle = [(name, level, "") for _, name, level in _MOODLE]
    words = [(word, "", "") for word, _, _ in _MOODLE]
    return {
        "openedx": ("tracking.log", "", _lines(_OPENEDX_LINE, openedx)),
        "xapi": ("statements.jsonl", "", _lines(_XAPI_LINE, list(_XAPI))),
        "moodle": ("mdl_logstore_standard_log.csv", _MOODLE_NAMES, _lines(_MOODLE_LINE, moodle)),
        "canonical": ("events.csv", _EVENT_NAMES, _lines(_EVENT_LINE, words)),
    }


def file_of(name: str, rows: int) -> Path:
    """The file of one format and size."""
    return HOME / f"formats-{rows}" / name / _files()[name][0]


def make(rows: int) -> None:
    """Every file of one size, made once."""
    for name, (_, header, lines) in _files().items():
        path = file_of(name, rows)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name("unfinished")
        head = f"SELECT '{header}' UNION ALL " if header else ""
        duckdb.execute(
            f"COPY ({head}{lines.replace('{rows}', str(rows))}) TO '{unfinished}' "
            "(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x1f')"
        )
        unfinished.replace(path)


if __name__ == "__main__":
    make(int(sys.argv[1]))
