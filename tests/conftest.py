"""What tests of every room share."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # how long an example takes is for benchmarks to say
settings.load_profile("untimed")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text, byte for byte, with snapshots/NAME.txt beside the test; UPDATE_SNAPSHOTS=1 writes it."""

    def compare(name: str, text: str) -> None:
        path = request.path.parent / "snapshots" / f"{name}.txt"
        if os.environ.get("UPDATE_SNAPSHOTS") == "1":
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert path.read_bytes() == text.encode(), f"{path.name} differs; UPDATE_SNAPSHOTS=1 rewrites it"

    return compare
