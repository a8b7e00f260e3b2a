"""The text that explains the labels: which columns, which plants, and how often."""

from __future__ import annotations

from analyser.synth.cohort import BLOCK
from analyser.synth.people import KINDS
from analyser.synth.plants import PLANTS

_HEAD = """# What is planted in this case

`labels.csv` has one row per thing that an assessment must find. It is the truth the case was made
from, not the result of an assessment.

| column | meaning |
|---|---|
| `participant_id`, `activity_id`, `module_id` | whose row; no activity: the person's sessions |
| `plant` | the planted story, or the kind of an honest person |
| `expected_code` | a finding that must be among the row's codes; empty: none about credit |
| `expected_status` | the status of the row |
| `expected_minutes` | the credited minutes, where the story decides them |
| `expected_period` | the assessment period of the credit date, where there is one |

A row of the labels is met when one credit row of that participant, activity and module has that
status and that code. A story that earns twice has two labels with one key.

In a case of {block} participants or more every plant occurs once in each {block} participants; a
smaller case takes the first ones of the table. The dirt of the export (rows exported twice, unknown
event words, one file without time zone and one in UTC when there are several) is spread over
everybody and must change no result.

## Plants

| plant | what happens | unit | status | findings |
|---|---|---|---|---|
"""


def labels_readme() -> str:
    """The README beside `labels.csv`."""
    lines = [
        f"| `{p.name}` | {p.why} | {p.unit} | {p.status} | {', '.join(p.codes) or '(none)'} |" for p in PLANTS
    ]
    honest = ["", "## Honest people", "", "| kind | who | of 100 | activities |", "|---|---|---|---|"]
    honest += [
        f"| `{k.name}` | {k.why} | {k.share} | {k.activities[0]} to {k.activities[1]} |" for k in KINDS
    ]
    return _HEAD.format(block=BLOCK) + "\n".join(lines + honest) + "\n"
