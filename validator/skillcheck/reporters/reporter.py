"""What a reporter is: a name and a pure function from a report to text."""

from __future__ import annotations

from collections.abc import Callable

from skillcheck.model import Report
from skillcheck.model.lean import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is written; `color` asks for the escape sequences of a terminal."""

    color: bool = False


@dataclass(frozen=True, slots=True)
class Reporter:
    """One format. `render` takes any report and gives text that ends in a newline; it never raises."""

    name: str
    render: Callable[[Report, Options], str]
