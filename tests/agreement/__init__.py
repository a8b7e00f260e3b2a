"""The program against the oracle."""
