"""A small good file of every format that is a table, from which broken ones are made."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from analyser.formats.mapping import Mapping

from .support import json_lines
from .test_attendance import OLD, TEAMS
from .test_decode import lines, workbook
from .test_moodle_log import START, dump
from .test_moodle_report import CHINESE, report
from .test_moodle_tables import ATTEMPTS, PLACES, QUIZ, STEPS, VERSIONS, T
from .test_other_systems import EVENTS, QUIZZES, SUBMISSIONS, live


@dataclass(frozen=True)
class Seed:
    """A good file, those it refers to, and the mapping it is read with."""

    name: str
    content: bytes
    others: tuple[bytes, ...] = field(default=())
    mapping: Mapping | None = None


def _seed(name: str, text: str | bytes, *others: str) -> Seed:
    content = text if isinstance(text, bytes) else text.encode()
    return Seed(name, content, tuple(other.encode() for other in others))


_MODULES = "id,course,module,instance,section\n57,12,1,4,1\n"
_SCORM = "id,course,name,scormtype,maxattempt\n4,12,X,local,0\n"
_H5P = "id,course,name,enabletracking,grademethod\n6,12,X,1,1\n"
_LOG = dump(
    {"eventname": r"\core\event\user_loggedin"},
    {
        "eventname": r"\mod_quiz\event\attempt_started",
        "relateduserid": "7",
        "objectid": "8",
        "other": '{"a":"b,c"}',
    },
    {"eventname": r"\core\event\course_viewed", "timecreated": str(START + 9)},
)
_D2L_ATTEMPTS = (
    "AttemptId,QuizId,UserId,OrgUnitId,AttemptNumber,TimeStarted,TimeCompleted,Score,PossibleScore,IsDeleted\n"
    "5,9,7,36,1,2026-03-01 01:00:00.000,2026-03-01 01:20:00.000,8,10,0\n6,9,7,36,2,2026-03-01 "
    "02:00:00,,,10,1\n"
)
_ZOOM = (
    "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
    "9,Rules,01/21/2026 08:50:00 PM,01/21/2026 10:00:00 PM,h@example.org,70,2\n\n"
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n"
    "Ann (A),a@example.org,01/21/2026 08:58:30 PM,01/21/2026 09:58:30 PM,60,No,No\n"
    "Bo,,01/21/2026 08:50:30 PM,01/21/2026 08:58:30 PM,8,Yes,Yes\n"
)
_VIEW = {
    "created_at": "2026-03-01T01:00:00Z", "url": "https://x/courses/36/pages/a", "interaction_seconds": 5.1,
    "user_request": True, "links": {"user": 7},
}  # fmt: skip
_LIST = OLD + "A B\tJoined\t13/12/2020, 12:27:24\nA B\tLeft\t13/12/2020, 12:45:18\n"
_TIMELINE = {
    "timestamp": "25/03/2026, 17:09:30",
    "user_id": "7",
    "object_id": "8",
    "secondary_object_id": "36",
}

_NAMED = Mapping({"extends": "teams-list", "columns": {"activity_id": {"text": "EA-1"}}}, "mapping.toml")

SEEDS: tuple[Seed, ...] = (
    _seed("moodle-log", _LOG),
    _seed("moodle-report", report()),
    _seed("moodle-report in Chinese, bare CR", report(header=CHINESE, end="\r")),
    _seed("moodle-report as a workbook", workbook(lines())),
    _seed("moodle-quiz", QUIZ),
    _seed("moodle-quiz-attempts", ATTEMPTS, QUIZ),
    _seed("moodle-question-attempts", PLACES),
    _seed("moodle-question-versions", VERSIONS),
    _seed("moodle-question-steps", STEPS, QUIZ, VERSIONS, PLACES, ATTEMPTS),
    _seed("moodle-modules", _MODULES),
    _seed("moodle-module-completion", "id,coursemoduleid,userid,completionstate,viewed,"
                                      "overrideby,timemodified\n"
          f"1,57,7,1,1,NULL,{T}\n2,57,8,2,1,2,{T}\n3,57,9,0,1,NULL,{T}\n", _MODULES),
    _seed("moodle-course-completion", "id,userid,course,timeenrolled,timestarted,timecompleted,reaggregate\n"
          f"1,7,12,0,0,{T},0\n2,8,12,0,0,NULL,0\n"),
    _seed("moodle-mfa", "id,userid,factor,secret,label,timecreated,createdfromip,timemodified,"
                        "lastverified,revoked\n"
          f"1,7,totp,HUSH,x,1,1.1.1.1,1,{T},0\n2,7,sms,HUSH,x,1,1.1.1.1,1,0,0\n"),
    _seed("moodle-scorm", _SCORM),
    _seed("moodle-scorm-track", "id,userid,scormid,scoid,attempt,element,value,timemodified\n"
          f"1,7,4,9,1,x.start.time,{T},{T}\n2,7,4,9,1,cmi.core.lesson_status,completed,{T}\n", _SCORM),
    _seed("moodle-h5p", _H5P),
    _seed("moodle-h5p-attempts", "id,h5pactivityid,userid,timecreated,timemodified,attempt,"
                                 "rawscore,maxscore\n"
          f"1,6,7,{T},{T},1,3,4\n", _H5P),
    _seed("canvas-live-events", json_lines(live("logged_in"), live("asset_accessed", context_type="Course"))),
    _seed("canvas-live-events as documents", "\n".join(json.dumps(live(name, context_type="Course"), indent=2)
                                                       for name in ("logged_in", "viewed", "danced"))),
    _seed("canvas-web-logs", "id,timestamp,user_id,session_id,url,http_method,web_application_controller\n"
          '1,2026-03-01 01:00:00,7,s,"https://x/courses/1",GET,courses\n'),
    _seed("canvas-page-views", json_lines(_VIEW, {**_VIEW, "user_request": False})),
    _seed("canvas-page-views as a list", json.dumps([_VIEW, {**_VIEW, "user_request": False}], indent=1)),
    _seed("canvas-quizzes", QUIZZES),
    _seed("canvas-quiz-submissions", SUBMISSIONS, QUIZZES),
    _seed("canvas-quiz-events", EVENTS, QUIZZES, SUBMISSIONS),
    _seed("d2l-session-history", "SessionId,OrgId,UserId,DateStarted,DateEnded,LastAccessed,"
                                 "TimedOut,HistoryID\n"
          "5,1,7,2026-03-01 01:00:00,2026-03-01 02:00:00,2026-03-01 01:59:00,0,1\n"
          "6,1,7,2026-03-02 01:00:00,,2026-03-02 01:30:00.5,True,2\n"),
    _seed("d2l-quiz-attempts", _D2L_ATTEMPTS),
    _seed("d2l-quiz-attempts-log", "LogId,AttemptId,EventTypeId,Name,Description,EventTime,IPAddress\n"
          "1,5,1,Quiz Entry,,2026-03-01 01:00:00,1.1.1.1\n", _D2L_ATTEMPTS),
    _seed("d2l-course-access", "OrgUnitId,UserId,RoleId,DayAccessed\n36,7,1,2026-03-01\n"),
    _seed("blackboard-activity", "pk1,event_type,user_pk1,course_pk1,internal_handle,timestamp,session_id\n"
          "1,SESSION_INIT,7,,h,2026-03-01 09:00:00.123,5\n2,COURSE_ACCESS,7,3,h,2026-03-01 09:01:00,5\n"),
    _seed("blackboard-sessions", "user_pk1,session_pk1,login_time,logout_time,logout_ind\n"
          "7,5,2026-03-01 09:00:00,2026-03-01 10:00:00,Y\n7,6,2026-03-01 11:00:00,2026-03-01 12:00:00,N\n"),
    _seed("totara-seminar", "id,signupid,statuscode,superceded,createdby,timecreated\n1,2,100,0,"
                            "2,1700000000\n"),
    _seed("totara-course-completion", "id,userid,course,timeenrolled,timecompleted,rpl,status\n"
          f"1,7,36,0,{T},,75\n2,8,36,0,{T},Known,100\n"),
    _seed("talentlms-timeline", json_lines({"action": "user_login_user", **_TIMELINE},
                                           {"action": "course_completion", **_TIMELINE})),
    _seed("teams-report", TEAMS.encode("utf-16")),
    _seed("teams-report in UTF-8", TEAMS),
    Seed("teams-list", _LIST.encode("utf-16-be"), mapping=_NAMED),
    _seed("zoom", _ZOOM),
    _seed("zoom-totals", _ZOOM.partition("\n\n")[0] + "\n\nName (Original Name),User Email,Total Duration "
          "(Minutes),Guest\nAnn,a@example.org,60,No\nBo,,8,Yes\n"),
    _seed("swipe", "Date Time,Card No,In/Out,Room,Course\n2026-03-01 09:00:00,77,IN,R1,EA-1\n"
          "2026-03-01 10:00:00,77,OUT,R1,EA-1\n"),
)  # fmt: skip
