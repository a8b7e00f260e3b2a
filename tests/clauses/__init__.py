"""Tests of the rules: their worked cases, and the form of every clause folder and relation."""
