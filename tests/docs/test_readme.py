"""Every command of the README works."""

import re

import click
import pytest

from analyser.cli import cli
from tests.docs.blocks import ROOT, Command, Desk, commands, policy_files

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = commands(TEXT)
OURS = [command for command in COMMANDS if command.words[0] == "analyser" and len(command.words) > 1]
# What `make demo` does first; the commands after it look at its reports.
DEMO = ["analyser", "run", "sample_data/case", "--as-of", "2026-11-22", "--out", "reports/case"]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def is_example(command: Command) -> bool:
    """Whether it names what only the reader has (MY_CASE, my-case, <file>), or is too large to run here."""
    own = re.compile(r"[A-Z_]+(\.\.\.)?|(.*/)?my[-_].*|.*<.*")
    return any(own.fullmatch(word) or word == "--events" for word in command.words)


@pytest.mark.parametrize("command", OURS, ids=lambda command: " ".join(command.words[1:]))
def test_command_and_options_exist(command: Command) -> None:
    if command.words[1].startswith("-"):
        return
    known = cli.commands[command.words[1]]
    if isinstance(known, click.Group):
        known = known.commands[command.words[2]]
    options = {name for parameter in known.params for name in parameter.opts} | {"-h", "--help"}
    assert {word.partition("=")[0] for word in command.words if word.startswith("-")} <= options


def test_analyser_commands_run(desk: Desk) -> None:
    desk.write(policy_files(TEXT))
    assert desk.run(DEMO).returncode == 0
    for command in OURS:
        if not is_example(command):
            done = desk.run(command.words)
            assert done.returncode == 0, (command.words, done.stderr)


def test_make_targets_exist() -> None:
    asked = {word for command in COMMANDS if command.words[0] == "make" for word in command.words[1:]}
    assert {word for word in asked if "=" not in word} <= TARGETS
