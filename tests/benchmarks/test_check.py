"""The pure pieces of the benchmark of checking; what it measures is never a test."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.blocks.measure import Cost
from benchmarks.check import tools
from benchmarks.check.rounds import Row, row
from benchmarks.check.told import table
from benchmarks.check.tools import COLD, PEERS, WARM, Tool, UninstallableError, installed, ours


def cost(wall: float, status: int | None = 1) -> Cost:
    return Cost(wall, 2 * wall, 3 << 20, 0, status, "")


def a_row(name: str, wall: float) -> Row:
    return row(
        Tool(name, "1.0", (name,), "a note"), Cost(9.0, 9.0, 0, 5 << 20, 0, ""), [cost(wall), cost(wall), cost(9.0)]
    )


def test_a_row_is_made_of_medians_and_peaks() -> None:
    made = a_row("tool", 2.0)
    assert (made.wall, made.spread, made.cpu, made.largest, made.all) == (2.0, (2.0, 9.0), 4.0, 3.0, 5.0)
    assert made.remarks == ("a note",)


def test_a_tool_that_breaks_is_told_of() -> None:
    tool = Tool("tool", "1.0", ("tool",))
    made = row(tool, cost(1.0), [cost(1.0, None), cost(1.0, 70), cost(1.0, 0)])
    assert made.remarks == ("stopped after 900 s", "ended with status 70")


def test_we_are_told_in_shares_of_each_peer() -> None:
    rows = [a_row("peer", 2.0), a_row(COLD, 3.0), a_row(WARM, 0.5)]
    lines = table(rows).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:5]]
    assert cells[0] == ["peer 1.0", "2.00", "2.00-9.00", "4.00", "3", "5", "1.50x", "1.50x", "0.25x", "0.25x"]
    assert cells[1][-4:] == cells[2][-4:] == ["-"] * 4
    assert lines[-3:] == ["- peer: a note", f"- {COLD}: a note", f"- {WARM}: a note"]
    assert "x |" not in table(rows[:1])


def test_every_peer_is_called_from_its_own_environment() -> None:
    for peer in PEERS:
        assert peer.command(Path("/x/bin"))[0].startswith("/x/bin/")
    assert [tool.name for tool in ours()] == [COLD, WARM]


def test_what_cannot_be_installed_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: str) -> None:
        if arguments[0] == "pip":
            message = "no solution found"
            raise UninstallableError(message)

    monkeypatch.setattr(tools, "_uv", refused)
    with pytest.raises(UninstallableError, match="no solution found"):
        installed(PEERS[0], tmp_path)
