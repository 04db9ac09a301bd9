"""One reader under atheris, in this process: `python -m tests.fuzz.one READER SECONDS`."""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

HANG = 10  # seconds for one input
MEMORY = 2048  # MiB


def main(name: str, seconds: str) -> None:
    """Fuzz the reader of that name, and exit with its status."""
    atheris: Any = importlib.import_module("atheris")  # none of the dev group, and without types
    with atheris.instrument_imports(include=["skillcheck"]):
        readers = importlib.import_module("tests.fuzz.readers")
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(readers.SEEDS[name]):
            Path(corpus, f"{number}").write_bytes(seed)
        options = [f"-max_total_time={seconds}", f"-timeout={HANG}", f"-rss_limit_mb={MEMORY}", "-max_len=4096"]
        atheris.Setup([sys.argv[0], corpus, *options, "-verbosity=0", "-print_final_stats=1"], readers.READERS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
