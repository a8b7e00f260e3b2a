"""An independent, plain re-computation of every credit, written from the contract alone."""

from .assess import assess
from .case import Case, load_case
from .model import Result

__all__ = ["Case", "Result", "assess", "load_case"]
