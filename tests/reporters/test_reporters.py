from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.model import Report
from skillcheck.reporters import FORMATS, render, reporter

Snapshot = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def released(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda _: "1.2.3")


def test_the_folder_is_the_list() -> None:
    assert FORMATS == ("github", "gitlab", "json", "junit", "markdown", "sarif", "statistics", "text")
    assert all(name == reporter(name).name for name in FORMATS)


def test_an_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        render(Report(), "xml")


@pytest.mark.parametrize("name", FORMATS)
def test_everything_is_told(name: str, full: Report, snapshot: Snapshot) -> None:
    snapshot(name, render(full, name))


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_told_too(name: str, snapshot: Snapshot) -> None:
    snapshot(f"{name}-empty", render(Report(), name))


def test_colour_is_only_added(full: Report, snapshot: Snapshot) -> None:
    snapshot("text-colour", render(full, "text", color=True).replace("\x1b", "<ESC>"))


def test_text_is_the_default(full: Report) -> None:
    assert render(full) == render(full, "text")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_is_the_same_text(name: str, full: Report) -> None:
    assert render(full, name) == render(full, name)
