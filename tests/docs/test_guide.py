"""The guides show what the program really says."""

import pytest

from tests.docs.blocks import ROOT, Command, Desk, commands, is_missing, policy_files

GUIDES = ("docs/guide.md", "docs/zh-Hant/guide.md")


@pytest.mark.parametrize("name", GUIDES)
def test_output_shown_is_the_output(name: str, desk: Desk) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    desk.write(policy_files(text))
    shown = commands(text)
    assert len(shown) >= 5
    for command in shown:
        done = desk.run(command.words)
        assert done.returncode == 0, done.stderr
        lines = [line for line in done.stdout.splitlines() if line]
        assert is_missing([line for line in command.shown if line], lines) == [], command.words


def test_both_guides_run_the_same_commands() -> None:
    english, chinese = (commands((ROOT / name).read_text(encoding="utf-8")) for name in GUIDES)
    assert [_without_language(c) for c in english] == [_without_language(c) for c in chinese]


def _without_language(command: Command) -> list[str]:
    return [word for word in command.words if word not in {"en", "zh-Hant"}]


def test_missing_lines_are_found() -> None:
    assert is_missing(["a", "...", "d"], ["a", "b", "c", "d"]) == []
    assert is_missing(["a", "c"], ["a", "b", "c"]) == ["c"]
    assert is_missing(["...", "c", "e"], ["a", "c", "d"]) == ["e"]
