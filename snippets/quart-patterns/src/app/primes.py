# src/app/primes.py
"""Work for a process: `python -m app.primes` reads a number and writes how many primes are below it."""

import json
import sys


def count(limit: int) -> int:
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))


if __name__ == "__main__":
    json.dump(count(json.load(sys.stdin)), sys.stdout)
