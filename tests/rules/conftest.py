"""Files on disk -> what the rules say of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from skillcheck.load import load
from skillcheck.model import Finding
from skillcheck.rules import judge, nodes


@pytest.fixture
def told(tmp_path: Path) -> Callable[[Mapping[str, str]], list[Finding]]:
    """Write files, read them as a bundle and return all findings."""

    def told(files: Mapping[str, str]) -> list[Finding]:
        for path, text in files.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", errors="surrogateescape")
        return list(judge(nodes(load([tmp_path]))))

    return told
