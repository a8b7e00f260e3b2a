"""One computation of learning time, written for several engines; all must give the same rows.

A *stream* is what one participant does in one session of one activity and module. An *act* is any
event but `heartbeat`, `idle`, `timeout` and `edit`. A silence of a stream longer than 600 seconds is
idle beyond these, unless the last word on media before it was `media_play`. An attempt lasts from its
`assessment_start` (else its first event) to its first submission (else its last event). For each
participant, activity and module: time present (streams and attempts together, overlaps counted once),
active (in a stream and not idle, outside attempts) and in assessment, in microseconds.

Every engine first reduces the events to buckets no longer than the threshold, the quickest exact way
that is known (a silence longer than the threshold lies between two buckets), then sweeps once.
"""

ENGINES = ("duckdb", "polars", "pandas", "chdb", "spark")
IDLE_US = 600_000_000
NO_ACTS = ("heartbeat", "idle", "timeout", "edit")
KEYS = ("participant_id", "activity_id", "module_id")
COLUMNS = (*KEYS, "presence_us", "active_us", "assessment_us")
