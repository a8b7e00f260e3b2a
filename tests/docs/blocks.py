"""Commands in the fenced blocks of a page, and what a shell would show for them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass
class Command:
    """A command as a page shows it, with the lines of output below it."""

    words: list[str]
    shown: list[str] = field(default_factory=list)


def blocks(text: str) -> list[tuple[str, str]]:
    """(language, content) of each fenced block."""
    return _FENCE.findall(text)


def commands(text: str) -> list[Command]:
    """The commands `analyser` and `make` of a page, in order; ``$`` before them is optional."""
    found: list[Command] = []
    for _, content in blocks(text):
        in_command = False
        for line in content.splitlines():
            bare = line.removeprefix("$ ").removeprefix(".venv/bin/")
            if re.match(r"(analyser|make)( |$)", bare):
                found.append(Command(shlex.split(bare, comments=True)))
                in_command = True
            elif in_command and not line.startswith("$ "):
                found[-1].shown.append(line)
            else:
                in_command = False
    return found


def policy_files(text: str) -> dict[str, str]:
    """Name -> content of the TOML files a page tells its reader to write."""
    files = {}
    for found in re.finditer(r"`(\w+\.toml)`[^`]*```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        files[found[1]] = found[2]
    return files


def is_missing(shown: list[str], output: list[str]) -> list[str]:
    """Lines shown that the output lacks; ``...`` stands for any lines, others follow each other."""
    place, is_free = 0, False
    for line in shown:
        if line == "...":
            is_free = True
            continue
        matches = [n for n in range(place, len(output)) if output[n].rstrip() == line.rstrip()]
        if not matches or (not is_free and matches[0] != place):
            return [line]
        place, is_free = matches[0] + 1, False
    return []


class Desk:
    """A folder with the sample data in which each distinct command is run once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, subprocess.CompletedProcess[str]] = {}
        shutil.copytree(ROOT / "sample_data", folder / "sample_data")

    def write(self, files: dict[str, str]) -> None:
        """Write files that a page tells its reader to write."""
        for name, content in files.items():
            (self._folder / name).write_text(content, encoding="utf-8")

    def run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        """What the command does, as `analyser` in a shell would."""
        key = shlex.join(words)
        if key not in self._seen:
            self._seen[key] = subprocess.run(
                [sys.executable, "-m", "analyser", *words[1:]],
                cwd=self._folder,
                env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
                capture_output=True,
                encoding="utf-8",
                timeout=600,
                check=False,
            )
        return self._seen[key]
