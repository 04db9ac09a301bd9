from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from skillcheck.environments import installer as room
from skillcheck.model import Trouble


def test_the_users_secrets_are_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    monkeypatch.setenv("UV_OFFLINE", "1")
    told = json.loads(room.said([sys.executable, "-c", "import json, os; print(json.dumps(dict(os.environ)))"]))
    assert "SECRET_TOKEN" not in told
    assert (told["UV_OFFLINE"], told["UV_PYTHON_DOWNLOADS"], told["NO_COLOR"]) == ("1", "never", "1")


def test_a_command_that_fails_in_silence_is_told_by_its_status() -> None:
    with pytest.raises(room.UvError, match=r"^/bin/false ended with status 1$"):
        room.said(["/bin/false"])


def test_an_error_says_what_it_is_about(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    troubles = []
    for folder in (tmp_path / "new", "/proc/nothing"):
        monkeypatch.setenv("UV_CACHE_DIR", str(folder))
        with pytest.raises(room.UvError) as failed:
            room.said(["/bin/false"], Trouble.PYTHON)
        troubles.append(failed.value.trouble)
    assert troubles == [Trouble.PYTHON, Trouble.CACHE]
