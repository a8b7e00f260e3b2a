"""Tests of the report side, on a small database made by hand."""
