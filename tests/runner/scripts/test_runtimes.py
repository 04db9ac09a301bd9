from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.runner.scripts.runtimes import Runtime, bash, ecmascript, installed

Faked = Callable[..., Path]
STRIPS = "--experimental-strip-types"


def name_of(found: Runtime | str) -> str:
    return found if isinstance(found, str) else found.name


def test_a_runtime_says_what_it_is(faked: Faked) -> None:
    path = faked(flags=[STRIPS])
    found = installed("node")
    assert found is not None
    assert (found.name, found.path, found.version, found.typed) == ("node", str(path), "24.0.0", True)
    assert {"console", "fetch"} <= found.globals
    assert found.modules == {"fs", "http"}
    assert found.command("x.cjs") == [str(path), "--no-warnings", "--max-old-space-size=1024", STRIPS, "x.cjs"]


def test_the_first_that_is_there_is_taken(faked: Faked) -> None:
    faked("bun")
    assert name_of(ecmascript(typed=False)) == "bun"
    faked("deno")
    found = ecmascript(typed=True)
    assert isinstance(found, Runtime)
    assert found.command("x.mjs")[1:] == ["run", "--allow-all", "--no-prompt", "--quiet", "x.mjs"]
    faked("node")
    assert (name_of(ecmascript(typed=False)), name_of(ecmascript(typed=True))) == ("node", "deno")


def test_a_runtime_without_types_says_so(faked: Faked) -> None:
    faked("node", version="20.1.0")
    assert ecmascript(typed=True) == "node 20.1.0 does not run TypeScript, which node 22.6, deno or bun would"


@pytest.mark.usefixtures("faked")
def test_no_runtime_is_a_reason() -> None:
    assert (ecmascript(typed=False), ecmascript(typed=True)) == ("node is not installed", "node is not installed")
    assert bash() == "bash is not installed"


@pytest.mark.parametrize("told", ["not JSON", "[]", "{}"])
def test_what_does_not_answer_is_not_there(faked: Faked, told: str) -> None:
    faked().write_text(f"#!/bin/sh\necho '{told}'\n", encoding="utf-8")
    assert installed("node") is None


@pytest.mark.parametrize("name", ["node", "bash"])
def test_what_fails_is_not_there(faked: Faked, name: str) -> None:
    faked(name).write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    assert installed(name) is None


def test_the_shell_stops_at_the_first_failure() -> None:
    found = bash()
    assert isinstance(found, Runtime)
    assert found.command("x.sh") == [found.path, "--norc", "--noprofile", "-euo", "pipefail", "x.sh"]
    assert found.version[0].isdigit()


def test_the_real_node_describes_itself(node: str) -> None:
    found = installed("node")
    assert found is not None
    assert node == found.version
    assert {"console", "fetch", "process", "URL", "hasOwnProperty"} <= found.globals
    assert "document" not in found.globals
    assert {"fs", "fs/promises", "http"} <= found.modules
