"""The benchmark's pure pieces; what it measures is never a test."""

from __future__ import annotations

import ast
import importlib
import json
import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from benchmarks.blocks.corpus import corpus, mixed
from benchmarks.blocks.measure import Cost
from benchmarks.blocks.plot import limit, plot
from benchmarks.blocks.rounds import Row, row
from benchmarks.blocks.runners import CACHED, OURS, PEERS, ours
from benchmarks.blocks.samples import Kind
from benchmarks.blocks.stages import by_package, counted, told
from benchmarks.blocks.table import aligned, ratio, table
from benchmarks.blocks.timed import CALLS, STAGES
from benchmarks.blocks.verdicts import Score, Told, by_files, by_items, by_report, by_tracebacks, score
from benchmarks.blocks.workshop import versions

CORPUS = corpus(200)
GOOD, BAD = next(b for b in CORPUS.blocks if b.number not in CORPUS.failing), CORPUS.blocks[190]


def cost(output: str, status: int | None = 1) -> Cost:
    return Cost(2.0, 1.0, 3 << 20, 4 << 20, status, output)


def rows() -> list[Row]:
    scores = [Score(10, 0, 0), Score(10, 0, 40), Score(4, 6, 0), *[Score(10, 0, 0)] * 5]
    walls = [1.0, 0.5, 0.5, 2.0, 3.0, 18.0, 1.5, 0.25]
    runners = (*PEERS, *ours(cache=True))
    return [
        Row(runner, wall, (wall, wall), wall, 50, 60, one, "process", ("remark",) if one.missed else ())
        for runner, wall, one in zip(runners, walls, scores, strict=True)
    ]


@pytest.mark.parametrize(
    ("size", "trivial", "asyncio", "quart", "failing"), [(200, 100, 50, 40, 10), (5000, 2500, 1250, 1000, 250)]
)
def test_the_mix_is_that_of_the_evidence(size: int, trivial: int, asyncio: int, quart: int, failing: int) -> None:
    wanted = {Kind.TRIVIAL: trivial, Kind.ASYNCIO: asyncio, Kind.QUART: quart, Kind.FAILING: failing}
    assert Counter(mixed(size)) == wanted


def test_a_kind_is_spread_over_the_whole() -> None:
    quarters = [sum(kind is Kind.QUART for kind in list(mixed(200))[start : start + 50]) for start in (0, 50, 100, 150)]
    assert quarters == [10, 10, 10, 10]


def test_the_same_number_gives_the_same_bytes() -> None:
    assert corpus(60).files == corpus(60).files


def test_every_block_stands_where_it_is_said_to() -> None:
    for block in CORPUS.blocks:
        lines = CORPUS.files[block.path].splitlines()
        assert (lines[block.first - 1], lines[block.last - 1]) == ("```python", "```")
        assert lines[block.first] == f"# block {block.number}"


def test_no_two_blocks_have_the_same_text() -> None:
    texts = Counter(
        "\n".join(CORPUS.files[block.path].splitlines()[block.first : block.last - 1]) for block in CORPUS.blocks
    )
    assert max(texts.values()) == 1


def test_one_failing_block_of_ten_does_not_parse_and_all_others_do() -> None:
    unparsed = []
    for block in CORPUS.blocks:
        try:
            ast.parse("\n".join(CORPUS.files[block.path].splitlines()[block.first : block.last - 1]))
        except SyntaxError:
            unparsed.append(block.number)
    assert len(unparsed) == 1
    assert set(unparsed) < CORPUS.failing


@pytest.mark.parametrize(
    "item",
    [
        "skill/blocks-200/{path}::[CodeFence#4][line:{line}]",
        "skill/blocks-200/{path}::line {line}",
        "skill/blocks-200/{path}::line:{line},column:1",
        "test_examples.py::test_example[skill/blocks-200/{path}:{line}-999]",
    ],
)
def test_a_name_of_an_item_leads_to_its_block(item: str) -> None:
    name = item.format(path=BAD.path, line=BAD.first + 1)
    output = f"noise\nFAILED {name} - ValueError: no order\n10 failed, 189 passed, 1 warning in 2.20s\n"
    assert by_items(output, CORPUS) == Told(frozenset({BAD.number}), 199)


def test_an_item_that_is_no_block_is_counted_as_unplaced() -> None:
    assert by_items("ERROR skill/other.md\n1 error in 0.10s\n", CORPUS) == Told(frozenset(), 1, 1)


def test_output_without_a_summary_says_nothing_of_how_much_was_looked_at() -> None:
    assert by_items("Segmentation fault\n", CORPUS).looked_at is None


def test_a_file_that_fails_is_led_to_its_block_by_what_was_printed() -> None:
    output = "# block 11\nraise ValueError\nFAILED test.py::f[a.md]\nFAILED test.py::f[b.md]\n2 failed in 1.00s\n"
    assert by_files(output, CORPUS) == Told(frozenset({11}), 2, 1)


def test_a_temporary_file_leads_to_its_block() -> None:
    stem = BAD.path.rpartition("/")[2].replace("-", "_").replace(".", "_")
    output = f'  File "/tmp/doccmd_{stem}_l{BAD.first}_a1b2.py", line 9, in <module>\n'
    assert by_tracebacks(output, CORPUS) == Told(frozenset({BAD.number}))


def test_a_report_tells_each_block_that_did_not_pass() -> None:
    results = [
        {"path": f"skill/blocks-200/{GOOD.path}", "line": GOOD.first, "level": "covered", "outcome": "passed"},
        {"path": f"skill/blocks-200/{BAD.path}", "line": BAD.first, "level": "resolved", "outcome": "blocked"},
    ]
    report = {"results": results, "notes": ["blocks-200: blocks were held by landlock + seccomp"]}
    assert by_report(json.dumps(report), CORPUS) == Told(frozenset({BAD.number}), 2, 0, "landlock + seccomp")


@pytest.mark.parametrize("output", ["Traceback", "[]", "{}"])
def test_what_is_no_report_tells_nothing_and_is_complained_of(output: str) -> None:
    assert by_report(output, CORPUS) == Told(frozenset(), 0, 1)


def test_verdicts_are_measured_by_the_truth() -> None:
    told_of = Told(frozenset({BAD.number, GOOD.number}))
    assert (score(told_of, CORPUS), score(told_of, CORPUS).wrong) == (Score(1, 9, 1), 10)


def test_a_row_takes_the_worst_verdicts_and_says_what_it_took_them_from() -> None:
    names = [f"FAILED skill/{b.path}::line {b.first}" for b in CORPUS.blocks if b.number in CORPUS.failing]
    whole, part = "\n".join([*names, "10 failed, 190 passed in 1s"]), "\n".join([*names[:3], "3 failed in 1s"])
    told_of = row(PEERS[1], CORPUS, cost(whole), [cost(whole), cost(part, -9), cost(whole, None)])
    assert told_of.score == Score(3, 7, 0)
    assert (told_of.cpu, told_of.largest, told_of.tree) == (5.0, 3.0, 4.0)
    assert told_of.remarks == (
        "looked at 3 items where there are 200 blocks",
        "stopped after 1800 s",
        "ended with status -9",
        "its verdicts differ from round to round",
    )


def test_the_table_has_a_line_for_each_runner_and_its_remarks_below() -> None:
    lines = table(rows(), CORPUS, versions()).splitlines()
    assert lines[2].split(" | ")[1:4] == ["  1.00", "       1.00-1.00", " 1.00x"]
    assert lines[7].split(" | ")[3] == "18.00x"
    assert [line.split()[1].rstrip(",") for line in lines[2:10]] == [
        runner.name.split(",")[0] for runner in (*PEERS, *ours(cache=True))
    ]
    assert lines[-1] == "- mktestdocs: remark"


def test_the_columns_of_a_table_are_aligned() -> None:
    wanted = ["| a    |  b | c  |", "| ---- | -: | -- |", "| long |  1 | up |"]
    assert list(aligned([("a", "b", "c"), ("long", "1", "up")])) == wanted


@pytest.mark.parametrize(("reference", "wanted"), [(2.0, "1.50x"), (None, "-")])
def test_a_ratio_needs_a_reference(reference: float | None, wanted: str) -> None:
    assert ratio(3.0, reference) == wanted


def test_the_cached_row_exists_only_where_there_is_a_cache() -> None:
    assert [runner.name for runner in ours(cache=False)] == [OURS]
    assert [runner.name for runner in ours(cache=True)] == [OURS, CACHED]


def test_every_runner_has_a_pinned_version() -> None:
    assert {runner.distribution for runner in (*PEERS, *ours(cache=True))} <= versions().keys()


def test_the_plot_is_xml_with_two_bars_a_runner() -> None:
    root = ET.fromstring(plot(rows(), 200, "2 cores of a <machine>"))  # noqa: S314 - made in the line itself
    bars = [node for node in root if node.tag.endswith("path")]
    assert Counter(bar.get("class") for bar in bars) == {"peer": 12, "ours": 4}
    torn = [bar for bar in bars if (bar.get("d") or "").count("z") == 2]
    assert len(torn) == 2
    assert "prefers-color-scheme: dark" in plot(rows(), 200, "")
    assert [node.text for node in root if node.tag.endswith("text")].count("0.5 s · 6 missed") == 1


@pytest.mark.parametrize(
    ("values", "reference", "wanted"), [([1.0, 2.0, 99.0], 1.0, 2.0), ([1.0, 99.0], None, 99.0), ([], 1.0, 1.0)]
)
def test_the_longest_bar_is_near_the_reference(values: list[float], reference: float | None, wanted: float) -> None:
    assert limit(values, reference) == wanted


def test_a_profile_has_a_line_for_each_stage() -> None:
    lines = told({"load": [0.25, 0.1, 0.0], "runs": [0.75, 0.1, 1.5]}).splitlines()
    assert [cell.strip() for cell in lines[3].strip("| ").split("|")] == ["runs", "750.0", "75%", "100.0", "1500.0"]


def test_imports_are_summed_by_package() -> None:
    output = (
        "import time: self [us] | cumulative | imported package\n"
        "import time:       200 |        200 |     click.core\n"
        "import time:       100 |        300 |   click\n"
        "import time:        50 |         50 |   json\n"
    )
    assert by_package(output) == [("click", 0.0003), ("the standard library", 0.00005)]


def test_calls_are_counted() -> None:
    wanted = ["warm: 3, median 20.0 ms", "cold: 0, median 0.0 ms"]
    assert counted({"warm": [0.01, 0.02, 0.5], "cold": []}) == wanted


@pytest.mark.parametrize("where", [*(place for places in STAGES.values() for place in places), *CALLS.values()])
def test_what_is_timed_is_where_it_is_looked_up(where: str) -> None:
    module, _, path = where.partition(":")
    holder: object = importlib.import_module(module)
    for name in path.split("."):
        holder = getattr(holder, name)
    assert callable(holder)
