"""The reference pages are what the program would write today."""

import re
from pathlib import Path

import pytest

from analyser.docs import FOLDER, pages, write
from analyser.rulebook.scheme import load_scheme, scheme_names
from tests.docs.blocks import ROOT

PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
    *(ROOT / "reports").glob("README.md"),
    *(ROOT / "tests" / "clauses").glob("*.md"),
]
CODES = {clause.code for name in scheme_names() for clause in load_scheme(name).clauses}


@pytest.mark.parametrize("name", sorted(pages()))
def test_page_is_up_to_date(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == pages()[name], "run: python -m analyser.docs"


def test_no_other_page_lies_there() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(pages())


def test_write_says_what_changed(tmp_path: Path) -> None:
    assert {path.name for path in write(tmp_path)} == set(pages())
    assert write(tmp_path) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_index_names_every_rule() -> None:
    index = pages()["clauses.md"]
    assert all(f"`{code}`" in index for code in CODES)
