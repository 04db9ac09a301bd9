"""Calls that write files: snippets, marketplaces, ZIPs and sites."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from tests.cli.calling import GOOD, call

Project = Callable[..., Path]


def test_extracted_snippets_are_clean_until_the_skill_changes(project: Project) -> None:
    root = project()
    assert call("extract", "--check").exit_code == 1
    assert call("extract").exit_code == 0
    assert call("extract", "--check").exit_code == 0
    (root / "skills/adding/SKILL.md").write_text(GOOD.replace("1 + 2", "1 + 20"))
    done = call("extract", "--check")
    assert done.exit_code == 1
    assert "error[SK701]" in done.output or "stale" in done.output
    assert "-print(1 + 2)\n" in done.output
    assert "+print(1 + 20)\n" in done.output


def test_a_marketplace_is_written(project: Project) -> None:
    configured = '[marketplace]\nname = "sums"\nowner = {name = "Somebody"}\n'
    root = project({"skills/adding/SKILL.md": GOOD, "skillcheck.toml": configured})
    assert call("marketplace", "--check").exit_code == 1
    assert call("marketplace").exit_code == 0
    assert call("marketplace", "--check").exit_code == 0
    assert json.loads((root / "marketplace.json").read_text())["plugins"][0]["name"] == "adding"


def test_the_marketplace_of_a_release_lists_its_zips(project: Project) -> None:
    configured = (
        '[marketplace]\nname = "sums"\nowner = {name = "Somebody"}\n[skills.adding]\nsource = {source = "npm"}\n'
    )
    root = project({"skills/adding/SKILL.md": GOOD, "skillcheck.toml": configured})
    release = ("marketplace", "--archives", "https://x.example/v1/{name}.zip")
    done = call(*release)
    assert (done.exit_code, "dist/adding.zip is not there; `skillcheck verify` leaves it" in done.output) == (2, True)
    assert call("pack").exit_code == 0
    done = call(*release)
    assert (done.exit_code, done.output.splitlines()[0]) == (
        0,
        "note: dist/marketplace.json: 1 plugin, each the ZIP of that hash",
    )
    assert json.loads((root / "dist/marketplace.json").read_text())["plugins"][0]["source"] == {
        "source": "archive",
        "url": "https://x.example/v1/adding.zip",
        "sha256": hashlib.sha256((root / "dist/adding.zip").read_bytes()).hexdigest(),
    }
    assert not (root / "marketplace.json").exists()
    done = call(*release, "--check")
    assert (done.exit_code, "--archives writes and --check does not" in done.output) == (2, True)


def test_somebodys_zip_is_mended(project: Project) -> None:
    root = project()
    with zipfile.ZipFile("some.zip", "w") as made:
        made.writestr("SKILL.md", GOOD)
    done = call("pack", "--from", "some.zip", "--format", "skill", "--report", "json")
    assert done.exit_code == 0
    assert json.loads(done.output)["packed"][0]["path"] == "dist/adding.skill"
    with zipfile.ZipFile(root / "dist/adding.skill") as packed:
        assert packed.namelist() == ["adding/SKILL.md"]
    assert call("pack", "--format", "skill").exit_code == 0
    for words in (("skills", "--from", "some.zip"), ("--from", "skills")):
        done = call("pack", *words)
        assert done.exit_code == 2
        assert "--from takes .zip and .skill files, and no other PATH stands beside it" in done.output
    (root / "dist/adding.zip").mkdir()
    done = call("pack", "--from", "some.zip")
    assert (done.exit_code, "cannot be written: " in done.output) == (2, True)


def test_a_zip_is_the_same_each_time(project: Project) -> None:
    root = project()
    zips = []
    for _ in range(2):
        assert call("pack").exit_code == 0
        zips.append((root / "dist/adding.zip").read_bytes())
    assert zips[0] == zips[1]
    with ZipFile(root / "dist/adding.zip") as archive:
        assert "adding/SKILL.md" in archive.namelist()
    assert call("check", "dist/adding.zip").exit_code == 0


def test_all_is_verified(project: Project) -> None:
    root = project()
    done = call("verify")
    assert done.exit_code == 0
    assert "packed dist/adding.zip: " in done.output
    (root / "skills/adding/SKILL.md").write_text(GOOD.replace("1 + 2", "1 +"))
    done = call("verify", "--format", "github")
    assert done.exit_code == 1
    assert "::error file=skills/adding/SKILL.md,line=8," in done.output


def test_what_cannot_be_written_is_a_wrong_call(project: Project) -> None:
    root = project()
    (root / "dist").write_text("")
    done = call("pack")
    assert done.exit_code == 2
    assert f"{root / 'dist'} cannot be written: " in done.output


def test_a_site_is_made(project: Project) -> None:
    root = project()
    done = call("site", "skills", "--output", "site", "--title", "Mine")
    assert done.exit_code == 0
    assert "note: site: 1 skill on 11 files; open site/index.html" in done.output
    assert "<h1>Mine</h1>" in (root / "site/index.html").read_text()


def test_a_site_that_cannot_be_written_is_a_wrong_call(project: Project) -> None:
    root = project()
    (root / "site").mkdir()
    (root / "site/index.html").mkdir()
    done = call("site", "skills", "--output", "site")
    assert done.exit_code == 2
    assert "site/index.html cannot be written: Is a directory" in done.output
