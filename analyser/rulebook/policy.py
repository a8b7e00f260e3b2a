"""The values in force: a scheme's policy, and what a policy file overrides."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from analyser.errors import PolicyError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Value:
    """One policy value.

    Attributes:
        name: dotted name, like ``idle.threshold_s``.
        value: the value in force.
        unit: its unit, or empty.
        clause: paragraph it belongs to.
        kind: guideline, default or override.
        about: what it decides, by language.
        choices: allowed words, if it (or each entry of a table) is one of a few.
        least: smallest allowed number.
        most: largest allowed number.
    """

    name: str
    value: Any
    unit: str
    clause: str
    kind: str
    about: dict[str, str]
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 10**9


Policy = dict[str, Value]


def load_policy(scheme_file: Path, override_file: Path | None = None) -> Policy:
    """The scheme's values with a policy file's overrides.

    Raises:
        PolicyError: the file cannot be read, or names a key or a type that is wrong; every fault
            is listed.
    """
    policy = {
        name: Value(
            name, row["value"], row.get("unit", ""), row["clause"], row["kind"], row["about"],
            tuple(row.get("choices", ())), row.get("least", 0), row.get("most", 10**9),
        )
        for name, row in _read(scheme_file).items()
    }  # fmt: skip
    return override(policy, _read(override_file), override_file.name) if override_file else policy


def override(policy: Policy, table: dict[str, Any], source: str = "policy") -> Policy:
    """A policy with some values replaced.

    Args:
        policy: the values to start from.
        table: nested tables as TOML gives them.
        source: name of the file, for messages.
    """
    faults: list[str] = []
    result = dict(policy)
    for name, value in _flatten(table, policy).items():
        known = policy.get(name)
        fault = f"{name}: no such key" if known is None else _fault(known, value)
        if fault:
            faults.append(fault)
        elif known is not None:
            merged = {**known.value, **value} if isinstance(value, dict) else value
            result[name] = replace(known, value=merged, kind="override")
    if faults:
        raise PolicyError(f"{source}: " + "; ".join(faults) + ".")
    return result


def variables(policy: Policy) -> dict[str, int | str]:
    """SQL variables: dots become underscores, seconds become microseconds."""
    result: dict[str, int | str] = {}
    for name, entry in policy.items():
        if isinstance(entry.value, dict):
            continue
        key = name.replace(".", "_")
        if key.endswith("_s"):
            result[key.removesuffix("_s") + "_us"] = entry.value * 1_000_000
        else:
            result[key] = entry.value
    return result


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path.name}: not valid TOML ({error}).") from error


def _flatten(table: dict[str, Any], policy: Policy, prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        name = prefix + key
        is_map = name in policy and isinstance(policy[name].value, dict)
        if isinstance(value, dict) and not is_map:
            flat |= _flatten(value, policy, name + ".")
        else:
            flat[name] = value
    return flat


def _fault(known: Value, value: Any) -> str:
    wanted = known.value
    if type(value) is not type(wanted):
        return f"{known.name}: needs {_word(wanted)}, not {_word(value)}"
    if isinstance(value, dict):
        wrong = known.choices and not set(map(str, value.values())) <= set(known.choices)
        return f"{known.name}: each value must be one of {', '.join(known.choices)}" if wrong else ""
    if known.choices and value not in known.choices:
        return f"{known.name}: needs one of {', '.join(known.choices)}"
    if isinstance(value, int) and not known.least <= value <= known.most:
        return f"{known.name}: needs a number from {known.least} to {known.most}, not {value}"
    return ""


def _word(value: Any) -> str:
    words = {int: "a whole number", str: "a text", bool: "true or false", dict: "a table"}
    return words.get(type(value), type(value).__name__)
