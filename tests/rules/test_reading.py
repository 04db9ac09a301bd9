"""Each kind of fault is told by exactly one rule, in the fault's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillcheck.load import load
from skillcheck.model import Bundle, Data, Fault, FaultKind, Json, Marketplace, Place
from skillcheck.rules import judge, nodes


@pytest.mark.parametrize("kind", FaultKind)
def test_each_kind_is_told_by_one_rule(kind: FaultKind) -> None:
    fault = Fault(kind, Place("skills/forms/a.bin", 3, 4), "a fact", "a remedy")
    (finding,) = judge([fault])
    assert (finding.place, finding.message, finding.fix) == (fault.place, fault.fact, fault.remedy)


def test_a_path_of_a_manifest_that_escapes_is_left_to_the_schema() -> None:
    assert list(judge([Fault(FaultKind.LINK_ESCAPES, Place(".claude-plugin/plugin.json"), "a fact", "a remedy")])) == []


REMOTE: Json = {"plugins": [{"name": "forms", "source": {"source": "github", "repo": "ada/forms"}}]}


@pytest.mark.parametrize(
    ("bundle", "told"),
    [
        (Bundle(("a", "b")), "no skill in a, b, expected a folder with a SKILL.md"),
        (Bundle(()), "no skill in nothing, expected a folder with a SKILL.md"),
        (Bundle(("a",), faults=(Fault(FaultKind.NOT_FOUND, Place("a"), "a", "b"),)), None),
        (Bundle(("a",), marketplaces=(Marketplace("m", "/m", Data(REMOTE)),)), None),
        (Bundle(("a",), marketplaces=(Marketplace("m", "/m", Data({"plugins": 3})),)), "no skill in a"),
    ],
)
def test_no_skill(bundle: Bundle, told: str | None) -> None:
    found = [finding.message for finding in judge([bundle]) if finding.code == "SK001"]
    assert len(found) == bool(told)
    assert not told or found[0].startswith(told)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_what_is_said_of_wide_characters_is_what_is_said_of_their_text(tmp_path: Path, encoding: str) -> None:
    text = "---\nname: Forms\nshell: zsh\nallowed-tools: Raed, Bash(\nmetadata: x\n---\n\n[a](none.md)\n"
    said = []
    for name, form in (("one", "utf-8"), ("two", encoding)):
        file = tmp_path / name / "skills" / "forms" / "SKILL.md"
        file.parent.mkdir(parents=True)
        file.write_bytes(text.encode(form))
        found = judge(nodes(load([tmp_path / name])))
        said.append([(each.code, each.message, each.place.line, each.place.column) for each in found])
    assert "SK106" in {code for code, *_ in said[0]}
    assert [each for each in said[1] if each[0] != "SK004"] == said[0]
