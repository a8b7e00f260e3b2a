"""Where the rules run."""
