"""What can go wrong, as sentences a compliance officer can act on.

A message says what happened, where (file, line, column) and what to do. Personal
data never goes into one: a participant is named by id only in results, not here.
"""

from __future__ import annotations


class AnalyserError(Exception):
    """The input, the policy or the request cannot be used; the message is one plain sentence."""


class InputError(AnalyserError):
    """A file cannot be used at all (missing column, not a table, wrong encoding)."""


class PolicyError(AnalyserError):
    """A policy file or scheme is wrong; the message lists every fault found."""


class PackError(AnalyserError):
    """A report pack does not verify."""
