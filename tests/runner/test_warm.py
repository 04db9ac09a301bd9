"""The warm process: what it saves, what it may not be trusted with, and what becomes of its own end."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skillcheck.model import Environment, Level, Outcome, Program
from skillcheck.runner import Proof, executing
from skillcheck.runner import warm as room
from skillcheck.runner.executing import Executor, How, executor
from skillcheck.runner.folders import Folders
from skillcheck.runner.hazards import borrowed, hazardous, is_plain, shared
from skillcheck.runner.sandbox import Ended, Limits, Sandbox, private_folder
from skillcheck.runner.warm import Warm

Laid = Callable[..., tuple[Program, ...]]
Proved = Callable[..., Proof]
Outlives = Callable[..., bool]


def fenced(*blocks: str) -> str:
    return "\n".join(f"# Part {number}\n\n```python\n{block}\n```\n" for number, block in enumerate(blocks))


def run(warm: Warm, sandbox: Sandbox, base: Path, text: str) -> Ended:
    folder = base / secrets.token_hex(4)
    folder.mkdir()
    file = folder / "block.py"
    file.write_text(text)
    segments = [{"file": str(file), "line": 1, "text": text}]
    return warm.run(sandbox, folder, {"kind": "script", "path": [], "segments": segments, "watch": [f"{folder}/"]})


def passed(ended: Ended) -> bool:
    return ended.status == 0 and "lines" in ended.said and "raised" not in ended.said


def test_modules_are_imported_once(bare: Environment, tmp_path: Path) -> None:
    sandbox = Sandbox(bare.python)
    with Warm(sandbox, tmp_path, ["email.mime.text", "not_there"]) as warm:
        assert warm.usable
        assert {"email.mime.text", "email"} <= warm.loaded
        text = "import sys\nassert 'email.mime.text' in sys.modules\nimport email.mime.text\n"
        assert passed(run(warm, sandbox, tmp_path, text))


def test_a_module_that_starts_a_thread_makes_it_unfit(bare: Environment, tmp_path: Path) -> None:
    (site,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    module = site / "starts_a_thread.py"
    module.write_text("import threading, time\nthreading.Thread(target=time.sleep, args=(30,), daemon=True).start()\n")
    try:
        with Warm(Sandbox(bare.python), tmp_path, ["starts_a_thread"]) as warm:
            assert not warm.usable
            assert warm.loaded == frozenset()
    finally:
        module.unlink()


def test_an_import_without_end_is_given_up(bare: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "START", 0.5)
    monkeypatch.setattr(room, "GRACE", 0.5)
    (site,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    module = site / "never_ends.py"
    module.write_text("import time\ntime.sleep(1000)\n")
    try:
        with Warm(Sandbox(bare.python), tmp_path, ["never_ends"]) as warm:
            assert not warm.usable
    finally:
        module.unlink()


def test_its_own_end_is_no_ones_success(bare: Environment, tmp_path: Path) -> None:
    sandbox = Sandbox(bare.python, Limits(seconds=2))
    with Warm(sandbox, tmp_path, []) as warm:
        assert warm.usable
        warm._process.kill()
        warm._process.wait()
        assert run(warm, sandbox, tmp_path, "pass") == Ended()


def test_a_job_that_cannot_be_sent_is_no_ones_success(
    bare: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BrokenPipeError

    sandbox = Sandbox(bare.python)
    with Warm(sandbox, tmp_path, []) as warm:
        monkeypatch.setattr(warm, "_send", refuse)
        assert run(warm, sandbox, tmp_path, "pass") == Ended()


def test_what_is_written_to_its_results_by_others_is_passed_over(bare: Environment, tmp_path: Path) -> None:
    (site,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    module = site / "writes_everywhere.py"
    line = "b'no json\\n{\"id\": 7}\\n[]\\n'"
    module.write_text(f"import os\nfor fd in range(3, 20):\n    try: os.write(fd, {line})\n    except OSError: pass\n")
    sandbox = Sandbox(bare.python)
    try:
        with Warm(sandbox, tmp_path, ["writes_everywhere"]) as warm:
            assert warm.usable
            assert passed(run(warm, sandbox, tmp_path, "pass"))
    finally:
        module.unlink()


def test_what_two_programs_import_is_shared(laid: Laid) -> None:
    programs = laid(fenced("import json, ast", "import json", "# app.py\nimport csv\nx = 1", "import app, json"))
    assert shared(programs) == ("json", "csv")


@pytest.mark.parametrize(
    ("text", "hazard"),
    [
        ("import os\nprint(os.environ['HOME'], os.path.sep)", False),
        ("import os\nos.environ['A'] = '1'", True),
        ("import os\nos.environ.update(A='1')", True),
        ("import sys\nsys.modules['x'] = 1", True),
        ("import sys\nsys.path.insert(0, '.')", True),
        ("import sys\nprint(sys.path)", False),
        ("import concurrent\nconcurrent.futures.wait", True),
        ("import concurrent.futures\nconcurrent.futures.wait", False),
        ("import concurrent as c\nc.futures.wait", True),
        ("from concurrent import futures\nfutures.wait", False),
        ("x().concurrent.futures", False),
        ("from . import x", False),
        ("# concurrent.py\nx = 1", True),
        ("# not-a-module.py\nx = 1", False),
    ],
)
def test_a_pass_that_a_warm_process_could_feign_is_a_hazard(laid: Laid, text: str, *, hazard: bool) -> None:
    (program,) = laid(fenced(text))
    assert hazardous(program, frozenset({"concurrent", "concurrent.futures", "os.path", "os"})) is hazard


def test_what_is_there_in_a_cold_process_too_is_none(laid: Laid) -> None:
    (program,) = laid(fenced("import concurrent\nconcurrent.futures.wait"))
    loaded = frozenset({"concurrent.futures"})
    assert borrowed(program, loaded) == {("concurrent", "concurrent.futures")}
    assert not hazardous(program, loaded, lambda: frozenset({("concurrent", "concurrent.futures")}))


def test_what_cannot_be_read_here_is_never_innocent(laid: Laid) -> None:
    (program,) = laid(fenced("if"))
    assert hazardous(program, frozenset())


def test_many_programs_are_warmed_and_few_are_not(laid: Laid, bare: Environment) -> None:
    sandbox = Sandbox(bare.python)
    with executor(sandbox, laid(fenced("import json"))) as few:
        assert few.warm is None
    many = laid(fenced(*["import json, xml\njson.decoder.JSONDecoder", "import xml\nxml.dom.Node"] * 2))
    with executor(sandbox, many) as execute:
        assert execute.warm is not None
        assert ("json", "json.decoder") in execute.innocent()
        assert ("xml", "xml.dom") not in execute.innocent()


@pytest.mark.parametrize(
    ("document", "plain"),
    [
        (fenced("import json, xml.dom\nfrom os import path"), True),
        (fenced("x = 1"), True),
        (fenced("import json, no_such_library"), False),
        (fenced("from no_such_library.parts import part"), False),
        (fenced("# app.py\nimport no_such_library", "import app"), False),
    ],
)
def test_what_comes_with_python_is_plain(document: str, plain: bool, laid: Laid) -> None:  # noqa: FBT001
    assert is_plain(laid(document)[-1]) == plain


def test_plain_programs_are_forked_from_a_small_process(
    laid: Laid, bare: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executing, "MANY", 2)
    sandbox = Sandbox(bare.python)
    document = fenced(*["import json\nimport no_such_library"] * 3, *["import json"] * 2)
    large, *_, plain = laid(document)
    with executor(sandbox, laid(document)) as execute:
        assert execute.light is not None
        assert "json" in execute.light.loaded
        ran: list[str] = []

        def noting(name: str) -> Callable[..., Ended]:
            def run(*_: object) -> Ended:
                ran.append(name)
                return Ended({"lines": {}}, 0)

            return run

        monkeypatch.setattr(execute.light, "run", noting("small"))
        monkeypatch.setattr(execute.warm, "run", noting("large"))
        assert execute.execute(plain, How(5)).found is None
        assert execute.execute(large, How(5)).found is None
        assert ran == ["small", "large"]


@pytest.mark.parametrize("texts", [["import json"] * 5, ["import json, no_such_library"] * 5])
def test_without_many_of_both_there_is_one_process(
    texts: list[str], laid: Laid, bare: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executing, "MANY", 2)
    with executor(Sandbox(bare.python), laid(fenced(*texts))) as execute:
        assert execute.warm is not None
        assert execute.light is None


def test_host_names_are_ready_where_sockets_are(bare: Environment) -> None:
    sandbox = Sandbox(bare.python)
    for module, ready in (("socket", True), ("json", False)):
        with private_folder() as base, Warm(sandbox, base, [module]) as warm:
            assert ("encodings.idna" in warm.loaded) == ready


def test_verdicts_are_the_same_warm_and_cold(proved: Proved) -> None:
    feigned = "import concurrent\nassert concurrent.futures"
    texts = ["import concurrent.futures, json", "import concurrent.futures, json", "import json", feigned]
    proof = proved(fenced(*texts))
    assert [result.outcome for result in proof.results] == [Outcome.PASSED] * 3 + [Outcome.FAILED]
    assert [result.level for result in proof.results] == [Level.COVERED] * 3 + [Level.RESOLVED]


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the folders of the programs for which a process is started."""
    folders: list[Path] = []
    really = Sandbox.run

    def noted(self: Sandbox, folder: Path, job: Mapping[str, Any], *, seconds: float | None = None) -> Ended:
        folders.append(folder)
        return really(self, folder, job, seconds=seconds)

    monkeypatch.setattr(Sandbox, "run", noted)
    return folders


def test_a_failure_is_confirmed_cold(laid: Laid, bare: Environment, cold: list[Path]) -> None:
    sandbox = Sandbox(bare.python)
    good, bad = laid(fenced("x = 1", "raise ValueError"))
    with private_folder() as base, Warm(sandbox, base, []) as warm:
        execute = Executor(sandbox, Folders(base), warm)
        assert execute.execute(good, How(5)).found is None
        assert cold == []
        assert execute.execute(bad, How(5)).found is not None
        assert len(cold) == 1
        assert execute.execute(good, How(5, network=True)).found is None
        assert len(cold) == 2


@pytest.mark.parametrize(
    ("foreseen", "started"),
    [({1}, 0), ({0, 1}, 0), ({0}, 1), ({5}, 1), (set(), 1)],
)
def test_a_failure_that_was_foreseen_at_its_line_needs_no_third_witness(
    foreseen: set[int], started: int, laid: Laid, bare: Environment, cold: list[Path]
) -> None:
    (program,) = laid(fenced("x = 1\nraise ValueError"))
    lines = {program.unit.block.line + line for line in foreseen}
    with private_folder() as base, Warm(Sandbox(bare.python), base, []) as warm:
        attempt = Executor(Sandbox(bare.python), Folders(base), warm).execute(program, How(5, foreseen=lambda: lines))
    assert attempt.found is not None
    assert [len(seen) for seen in attempt.lines.values()] == [2]
    assert len(cold) == started


def test_what_was_foreseen_is_the_blocks_own(laid: Laid, bare: Environment, cold: list[Path]) -> None:
    first, second = laid(fenced("def fails():\n    raise ValueError", "fails()"))
    at = first.unit.block.line + 1
    raising = laid("<!-- skillcheck: raises=KeyError -->\n```python\nraise ValueError\n```\n")[0]
    with private_folder() as base, Warm(Sandbox(bare.python), base, []) as warm:
        execute = Executor(Sandbox(bare.python), Folders(base), warm)
        assert execute.execute(second, How(5, foreseen=lambda: {at})).found is not None
        assert len(cold) == 1
        assert execute.execute(raising, How(5, foreseen=lambda: {raising.unit.block.line})).found is not None
        assert len(cold) == 2


def test_a_process_that_imported_nothing_confirms_as_well(laid: Laid, bare: Environment, cold: list[Path]) -> None:
    sandbox = Sandbox(bare.python)
    feigned, settling, *_ = laid(fenced("import xml\nxml.dom.Node", "import gc", *["import xml.dom.minidom"] * 3))
    with executor(sandbox, [feigned] * 4) as execute, Warm(sandbox, execute.folders.base, ["xml.dom.minidom"]) as warm:
        cold.clear()
        warmed = replace(execute, warm=warm)
        assert warmed.execute(feigned, How(5)).found is not None
        assert cold == []
        assert warmed.execute(settling, How(5)).found is None
        assert len(cold) == 1


def test_nothing_is_left_when_its_caller_is_killed(bare: Environment, tmp_path: Path, outlives: Outlives) -> None:
    sandbox = Sandbox(bare.python, Limits(seconds=60))
    number = f"{secrets.randbelow(10**6) + 10**6}.5"
    text = f"import subprocess\nsubprocess.run(['sleep', '{number}'], start_new_session=True)"
    assert not outlives(lambda: run(Warm(sandbox, tmp_path, []), sandbox, tmp_path, text), number)


def test_where_nothing_holds_programs_none_is_warmed(laid: Laid, bare: Environment) -> None:
    many = laid(fenced(*["import json"] * 5))
    with executor(Sandbox(bare.python, watched=False), many) as execute:
        assert execute.warm is None
        assert execute.execute(many[0], How(9)).found is None


def test_what_fails_only_where_it_is_warm_passes_with_its_lines(laid: Laid, bare: Environment) -> None:
    sandbox = Sandbox(bare.python)
    spared, failing, *_ = laid(
        fenced("import sys\nassert 'xml.dom.minidom' not in sys.modules", *["import xml.dom.minidom\n1 / 0\n2"] * 4)
    )
    with executor(sandbox, [failing] * 4) as execute:
        passed = execute.execute(spared, How(5))
        assert passed.found is None
        assert [len(seen) for seen in passed.lines.values()] == [2]
        failed = execute.execute(failing, How(5))
        assert failed.found is not None
        assert [len(seen) for seen in failed.lines.values()] == [2]


def test_what_starts_threads_as_it_is_imported_is_told_to_start_none(bare: Environment) -> None:
    variables = Sandbox(bare.python).environ(Path("/nowhere"))
    assert {variables[f"{name}_NUM_THREADS"] for name in ("OPENBLAS", "OMP", "MKL")} == {"1"}
