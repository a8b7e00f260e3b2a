"""Loads a scheme's cards and queries, orders them by what they read, and runs them."""
