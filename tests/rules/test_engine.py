"""The engine: which rule hears which node, and in what order it is told."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from skillcheck import rules
from skillcheck.model import (
    Archive,
    Block,
    Bundle,
    Client,
    Data,
    Directive,
    Document,
    Fault,
    FaultKind,
    Finding,
    Frontmatter,
    Grant,
    Link,
    Marketplace,
    Place,
    Plugin,
    Severity,
    Skill,
    Text,
)
from skillcheck.rules import MEASURED_NODES, MOST, RULES, Rule, Told, _unique, judge, named, nodes, rule


@rule("SK999", severity=Severity.NOTE, clients=(Client.GH,), source="https://example.com")
def noisy_place(place: Place) -> Iterator[Told]:
    """A place is noisy.

    It is told of whenever it is seen.

    ```markdown bad path=a.md
    one
    ```

    ```python with path=b.py
    two
    ```

    ```markdown good path=a.md
    three
    ```
    """
    yield Told(place, "a place", "move it")


def test_a_rule_describes_itself() -> None:
    assert (noisy_place.name, noisy_place.node, noisy_place.summary) == ("noisy-place", Place, "A place is noisy.")
    assert noisy_place.help.startswith("It is told of whenever")
    assert [(example.bad, example.files) for example in noisy_place.examples] == [
        (True, (("a.md", "one\n"), ("b.py", "two\n"))),
        (False, (("a.md", "three\n"),)),
    ]


def test_a_rule_without_examples_has_none() -> None:
    assert replace(noisy_place, doc="A place.").examples == ()


def test_findings_are_sorted_and_told_once() -> None:
    places = [Place("b", 1), Place("a", 2), Place("a", 1), Place("b", 1)]
    found = list(judge(places, rules=[noisy_place]))
    assert [finding.place for finding in found] == [Place("a", 1), Place("a", 2), Place("b", 1)]
    assert found[0] == Finding(
        "SK999", "noisy-place", Severity.NOTE, Place("a"), "a place", "move it", (Client.GH,), "https://example.com"
    )


def test_other_nodes_are_not_heard() -> None:
    assert list(judge([object(), "text"])) == []


def test_a_rule_that_raises_is_not_swallowed() -> None:
    def broken(place: Place) -> Iterator[Told]:
        raise RuntimeError(place)
        yield  # a generator raises when it is asked

    with pytest.raises(RuntimeError):
        list(judge([Place("a")], rules=[replace(noisy_place, check=broken)]))


def test_codes_and_names_are_unique() -> None:
    with pytest.raises(AssertionError, match="SK999"):
        _unique([noisy_place, replace(noisy_place, name="other")])
    with pytest.raises(AssertionError, match="noisy-place"):
        _unique([noisy_place, replace(noisy_place, code="SK998")])


@pytest.mark.parametrize("each", [pytest.param(each, id=each.name) for each in RULES])
def test_rules_are_documented(each: Rule) -> None:
    assert each.summary.endswith(".")
    assert each.help
    assert each.code.startswith("SK")
    assert each.check.__module__.rpartition(".")[2] == each.name.replace("-", "_")


def test_what_running_tells_has_rules_of_its_own_which_no_check_loads(tmp_path: Path) -> None:
    measured = {each.node.__name__ for each in RULES if each.check.__module__.startswith("skillcheck.rules.results.")}
    others = {each.node.__name__ for each in RULES if not each.check.__module__.startswith("skillcheck.rules.results.")}
    assert measured == MEASURED_NODES
    assert measured.isdisjoint(others)
    program = (
        "import sys; from pathlib import Path; from skillcheck import Config, lint\n"
        "report = lint(['.'], Config(Path()))\n"
        "print(*report.about, 'skillcheck.rules.results' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)  # noqa: S603 - above
    assert done.stdout == "SK001 False\n"


def test_rules_are_known_by_their_codes() -> None:
    assert [each.code for each in named({"SK001", "SK110"})] == ["SK001", "SK110"]
    assert [each.code for each in named({"SK861", "SK001", "SK999"})] == ["SK001", "SK861"]


def test_nothing_else_is_made_of_the_rules_when_asked_for() -> None:
    with pytest.raises(AttributeError, match="no attribute 'RULE'"):
        rules.RULE  # noqa: B018


def test_rules_are_found_and_sorted() -> None:
    codes = [each.code for each in RULES]
    assert codes == sorted(codes)
    assert {"SK001", "SK101", "SK861"} <= set(codes)


def fault(path: str) -> Fault:
    return Fault(FaultKind.UNREADABLE, Place(path), "a fact", "a remedy")


def test_nodes_go_from_the_outer_to_the_inner() -> None:
    data, place = Data({}, {(): Place("f")}), Place("f")
    block = Block("f", 0, "", "", "", 1, 1, place, directive=Directive({}, (fault("directive"),)))
    link, grant = Link("a", "b", place), Grant("Read", "Read", None, place)
    document = Document("f", "SKILL.md", "", blocks=(block,), links=(link,))
    frontmatter = Frontmatter(data, place, faults=(fault("front"), fault("skill")), grants=(grant,))
    skill = Skill("s", "s", "/s", frontmatter, (document,), faults=(fault("skill"),))
    archive = Archive("a.zip", 1, (), (fault("archive"),))
    plugin = Plugin("p", "/p", None, faults=(fault("plugin"),))
    marketplace = Marketplace("m", "/m", data, (fault("marketplace"),))
    bundle = Bundle((".",), (skill,), (plugin,), (marketplace,), (archive,), (fault("bundle"),))
    assert list(nodes(bundle)) == [
        bundle,
        fault("bundle"),
        archive,
        fault("archive"),
        marketplace,
        replace(fault("marketplace"), of_plugin=True),
        plugin,
        replace(fault("plugin"), of_plugin=True),
        skill,
        fault("skill"),
        frontmatter,
        fault("front"),
        grant,
        document,
        block,
        fault("directive"),
        link,
        Text("f", ""),
    ]


def test_faults_of_repaired_frontmatter_are_left_to_its_rule() -> None:
    bad = Fault(FaultKind.BAD_YAML, Place("f"), "an unquoted colon", "quote it")
    frontmatter = Frontmatter(Data({}, {(): Place("f")}), Place("f"), faults=(bad,), repaired=True)
    found = list(judge(nodes(Bundle(("f",), (Skill("s", "s", "", frontmatter, ()),)))))
    assert [finding.code for finding in found if finding.place == bad.place and "colon" in finding.message] == ["SK103"]


@rule("SK998")
def endless_place(place: Place) -> Iterator[Told]:
    """A place has no end."""
    for line in itertools.count(place.line):
        yield Told(Place(place.path, line), "a line", "shorten it")


def test_of_one_kind_only_so_many_are_told_of_a_file_and_then_that_there_are_more() -> None:
    found = [*judge([Place("a", 5), Place("a", 5), Place("b")], rules=[endless_place, noisy_place])]
    of_a = [finding for finding in found if finding.place.path == "a" and finding.code == "SK998"]
    assert [finding.place.line for finding in of_a] == [*range(5, 5 + MOST + 1)]
    assert of_a[-1].message == "more than 1,000 of this kind are in the file; the others are not told"
    assert {finding.message for finding in of_a[:-1]} == {"a line"}
    assert len(found) == 2 * (MOST + 1) + 2
