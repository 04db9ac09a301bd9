from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillcheck.load.limits import Limits
from skillcheck.load.marketplaces import marketplace
from skillcheck.model import Json, Marketplace


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(root: Path, value: Json) -> tuple[Marketplace, list[str]]:
    (root / ".claude-plugin").mkdir(exist_ok=True)
    file = root / ".claude-plugin/marketplace.json"
    file.write_text(json.dumps(value))
    made, listed = marketplace(root, file, Limits())
    return made, [folder.relative_to(root).as_posix() for folder, _ in listed]


def test_local_sources_are_followed_and_others_left(tmp_path: Path) -> None:
    (tmp_path / "p/q").mkdir(parents=True)
    sources: list[Json] = ["./p", "./", ".", "bare", {"source": "github", "repo": "a/b"}, 3]
    made, listed = read(tmp_path, {"plugins": [*({"name": "n", "source": source} for source in sources), {}, 1]})
    assert listed == ["p", ".", "."]
    assert (made.path, made.root) == (".claude-plugin/marketplace.json", str(tmp_path))
    assert (made.missing, made.escaping, made.twin, made.faults) == ((), (), None, ())


def test_roots_are_known(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "m.json").write_text(json.dumps({"plugins": [{"source": "./"}, {"source": "./p"}]}))
    _, listed = marketplace(tmp_path, tmp_path / "m.json", Limits())
    assert [entry.is_root for _, entry in listed] == [True, False]


def test_missing_and_escaping_sources_have_their_place(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("/")
    (tmp_path / "file").touch()
    sources: list[Json] = ["./gone", "./file", "../x", "/abs", "~/x", "C:\\x", "./out", "./a/../../b", "./\0"]
    made, listed = read(tmp_path, {"plugins": [{"source": source} for source in sources]})
    assert [source for source, _ in made.missing] == ["./gone", "./\0"]
    assert [source for source, _ in made.not_folders] == ["./file"]
    assert [source for source, _ in made.escaping] == ["../x", "/abs", "~/x", "C:\\x", "./out", "./a/../../b"]
    place = made.missing[0][1]
    assert (place.path, place.line, listed) == (".claude-plugin/marketplace.json", 1, [])


def test_bare_names_need_a_plugin_root(tmp_path: Path) -> None:
    (tmp_path / "plugins/p").mkdir(parents=True)
    plugins: Json = [{"source": "p"}, {"source": "gone"}, {"source": "https://a.b/c.git"}, {"source": "git@a:b"}]
    made, listed = read(tmp_path, {"metadata": {"pluginRoot": "./plugins"}, "plugins": plugins})
    assert (listed, [source for source, _ in made.missing]) == (["plugins/p"], ["gone"])
    for base in (3, "", None):
        made, listed = read(tmp_path, {"metadata": {"pluginRoot": base}, "plugins": plugins})
        assert (listed, made.missing, made.escaping) == ([], (), ())
    made, listed = read(tmp_path, {"metadata": {"pluginRoot": "../x"}, "plugins": plugins})
    assert (listed, [source for source, _ in made.escaping]) == ([], ["../x"])


@pytest.mark.parametrize("value", [{}, {"plugins": 1}, {"plugins": [], "metadata": 1}])
def test_other_shapes_list_nothing(tmp_path: Path, value: Json) -> None:
    made, listed = read(tmp_path, value)
    assert (made.data.value, listed) == (value, [])


def test_the_twin_is_compared_by_value(tmp_path: Path) -> None:
    twin = tmp_path / "marketplace.json"
    twin.write_text('{"plugins":\n []}')
    made, _ = read(tmp_path, {"plugins": []})
    assert (made.twin, made.twin_differs) == ("marketplace.json", False)
    twin.write_text("{}")
    made, _ = read(tmp_path, {"plugins": []})
    assert made.twin_differs
    (tmp_path / ".claude-plugin" / "marketplace.json").write_bytes('{"plugins": []}'.encode("utf-16"))
    wide, _ = marketplace(tmp_path, tmp_path / ".claude-plugin" / "marketplace.json", Limits())
    assert not wide.twin_differs  # what is told of it is that it cannot be read
    made, _ = read(tmp_path, {"plugins": []})
    other, _ = marketplace(tmp_path, twin, Limits())
    assert (other.path, other.twin, other.twin_differs) == ("marketplace.json", ".claude-plugin/marketplace.json", True)


@pytest.mark.parametrize("is_made", [True, False])
def test_sources_in_submodules_that_were_not_fetched_are_not_missing(tmp_path: Path, *, is_made: bool) -> None:
    modules = (
        '[submodule "p"]\n\tpath = p\n\turl = u\n[submodule "q"]\r\n\tpath = "plugins/q"\r\n[submodule "r"]\n\tpath=r\n'
    )
    (tmp_path / ".gitmodules").write_text(modules)
    (tmp_path / "r").mkdir()
    (tmp_path / "r/README.md").touch()
    if is_made:  # as git leaves the folder of a submodule
        (tmp_path / "p").mkdir()
    made, listed = read(
        tmp_path, {"plugins": [{"source": f"./{path}"} for path in ("p", "plugins/q/in", "pq", "r/in")]}
    )
    assert ([source for source, _ in made.missing], listed) == (["./pq", "./r/in"], [])


def test_submodules_of_a_file_that_cannot_be_read_are_not_known(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/modules").write_text("path = p\n")
    (tmp_path / "in/.claude-plugin").mkdir(parents=True)
    (tmp_path / "in/.gitmodules").symlink_to(tmp_path / "out/modules")
    file = tmp_path / "in/.claude-plugin/marketplace.json"
    file.write_text(json.dumps({"plugins": [{"source": "./p"}]}))
    made, _ = marketplace(tmp_path / "in", file, Limits(roots=(str(tmp_path / "in"),)))
    assert [source for source, _ in made.missing] == ["./p"]
