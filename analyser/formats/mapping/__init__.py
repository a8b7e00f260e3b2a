"""Formats that are a table and nothing else: which column is what, said in TOML.

The program's own tables lie in `formats/tables`; a user's comes with ``--mapping``.
"""

from __future__ import annotations

from analyser.formats.mapping.format import mapped_format
from analyser.formats.mapping.spec import Mapping, load_mapping

__all__ = ["Mapping", "load_mapping", "mapped_format"]
