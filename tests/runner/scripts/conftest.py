"""Runtimes that are not there: what a test needs of them, on any machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.runner.scripts.runtimes import installed

Faked = Callable[..., Path]
DESCRIBED = {"version": "24.0.0", "globals": ["console", "process", "fetch"], "modules": ["fs", "http"], "flags": []}
SCRIPT = """\
#!/bin/sh
for file; do :; done
case "$file" in
*describe.mjs) cat <<'END'
{told}
END
exit;;
esac
{body}
"""


@pytest.fixture
def faked(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Faked:
    """Put a runtime of a test's own on a PATH that has nothing else: `body` is shell that finds its script in $file."""
    folder = tmp_path_factory.mktemp("bin")
    monkeypatch.setenv("PATH", str(folder))

    def faked(name: str = "node", body: str = "exit 0", **told: object) -> Path:
        path = folder / name
        described = json.dumps(DESCRIBED | {"path": str(path)} | told)
        path.write_text(SCRIPT.format(told=described, body=body), encoding="utf-8")
        path.chmod(0o755)
        cat = folder / "cat"
        if not cat.exists():
            cat.symlink_to(shutil.which("cat", path="/usr/bin:/bin") or "")
        return path

    return faked


@pytest.fixture
def node() -> str:
    """The version of the real node; skip without one."""
    found = installed("node")
    if found is None:
        pytest.skip("node is not installed")
    return found.version
