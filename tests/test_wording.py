"""Sentences of findings: numbers, units, and texts that come from files."""

import duckdb
import pytest

from analyser.rulebook.wording import sentence


def _said(template: str, columns: str, language: str = "en") -> str:
    query = f"SELECT {sentence(template, {}, language)} FROM (SELECT {columns})"
    ((said,),) = duckdb.connect().execute(query).fetchall()
    return str(said)


@pytest.mark.parametrize(
    ("value", "said"),
    [("0.999", "0.999 hours"), ("1", "1 hour"), ("1.001", "1.001 hours"), ("10", "10 hours")],
)
def test_one_hour_is_no_plural(value: str, said: str) -> None:
    assert _said("{hours}", f"{value}::DECIMAL(18,3) AS value") == said
    assert _said("{hours}", f"{value}::DECIMAL(18,3) AS value", "zh") == f"{said.split()[0]} 小時"


@pytest.mark.parametrize(("length", "end"), [(119, "xx."), (120, "xx."), (121, "x ....")])
def test_a_long_text_is_cut(length: int, end: str) -> None:
    said = _said("<{texts.title}>.", f"map {{'title': repeat('x', {length})}} AS texts").replace(">", "")
    assert said.endswith(end)
    assert said.count("x") == min(length, 120)


def test_a_text_keeps_to_its_line() -> None:
    assert (
        _said("{texts.title}!", "map {'title': 'a' || chr(10) || chr(8238) || chr(27) || 'b'} AS texts")
        == "a b!"
    )


def test_a_text_that_is_not_there_is_a_dash() -> None:
    assert _said("{texts.title}", "NULL::MAP(VARCHAR, VARCHAR) AS texts") == "-"
    assert _said("{texts.other}", "map {'title': 'a'} AS texts") == "-"
