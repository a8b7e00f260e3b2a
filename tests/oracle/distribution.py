"""What the random cases reach: `python -m tests.oracle.distribution [NUMBER]`."""

import sys
from collections import Counter

from .assess import assess
from .random_cases import random_case


def describe(seeds: range) -> str:
    """Counts of statuses, robust rows, states and codes over these seeds."""
    rows: Counter[str] = Counter()
    found: Counter[str] = Counter()
    seeds_with: Counter[str] = Counter()
    for seed in seeds:
        result = assess(*random_case(seed))
        rows.update(f"status {row['status']}" for row in result.credits)
        rows.update(f"robust {row['robust']}" for row in result.credits)
        rows.update(f"state {interval['state']}" for interval in result.intervals)
        found.update(key[0] for key in result.finding_codes)
        seeds_with.update({key[0] for key in result.finding_codes})
    lines = [f"{name:24}{count:7}" for name, count in sorted(rows.items())]
    lines += [f"{code:24}{found[code]:7}  in {seeds_with[code]} seeds" for code in sorted(found)]
    return "\n".join(lines)


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 301
    sys.stdout.write(describe(range(number)) + "\n")
