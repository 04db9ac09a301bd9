"""What others unpack from our ZIP is what we put into it: as many of them as are on this machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from skillcheck.load import load
from skillcheck.pack import members, pack

UNPACKERS = {
    "Info-ZIP": ("unzip", "-qq", "{zip}", "-d", "{folder}"),
    "Python": (sys.executable, "-m", "zipfile", "-e", "{zip}", "{folder}"),
    "bsdtar": ("bsdtar", "-xf", "{zip}", "-C", "{folder}"),
    "7z": ("7z", "x", "-y", "-bd", "{zip}", "-o{folder}"),
}
SKILLS = Path(__file__).parents[2] / "skills"


@pytest.mark.parametrize("name", UNPACKERS)
@pytest.mark.parametrize("skill", sorted(path.name for path in SKILLS.iterdir()))
def test_the_same_tree(skill: str, name: str, tmp_path: Path) -> None:
    program, *arguments = UNPACKERS[name]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    (found,) = load([SKILLS / skill]).skills
    archive, folder = tmp_path / f"{skill}.zip", tmp_path / "unpacked"
    archive.write_bytes(pack(found).data or b"")
    folder.mkdir()
    filled = [argument.format(zip=archive, folder=folder) for argument in arguments]
    subprocess.run([program, *filled], check=True, capture_output=True)  # noqa: S603 - arguments from here
    files = [path for path in folder.rglob("*") if not path.is_dir()]
    tree = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    assert tree == {f"{skill}/{path}": content for path, content, _ in members(found)}
    assert not any(path.is_symlink() for path in files)
    assert (folder / skill / "SKILL.md").stat().st_mode & 0o444
