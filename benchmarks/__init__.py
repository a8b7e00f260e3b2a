"""What the analyser costs, as ratios to the bare engine in one run."""
