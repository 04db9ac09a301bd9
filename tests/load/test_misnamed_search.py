"""Folders that are passed over hold nothing that would be told of."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from skillcheck.load import Limits
from skillcheck.load.misnamed import may_be_misnamed, misnamed

PAGE = "---\nname: a\ndescription: b\n---\n"
FILES = [
    "skill.md",
    "Skills.MD",
    "skills",
    "README.md",
    "x.md",
    "forms.md",
    "plugin.json",
    "plugins.yaml",
    "package.json",
]
FILES += ["marketplace.jsonc", ".claude-plugin.json", "claude-plugin/plugin.json", ".claude-plugins/marketplace.json"]
FILES += [".claude-plugin/plugin.json", "agents/x.md", "skills/forms/x", "package.json"]
FOLDERS = ["skills", "skills/forms", "plugin/forms", ".claude-plugin", "forms/package"]


@example("forms/package", ["plugin.json", "agents/x.md"])
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FOLDERS), st.lists(st.sampled_from(FILES), max_size=5, unique=True))
def test_what_is_passed_over_is_rightly_named(folder: str, files: list[str]) -> None:
    with TemporaryDirectory() as root:
        for name in files:
            file = Path(root, folder, name)
            with suppress(OSError):  # a name is that of a file and of a folder
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text('{"name": "x"}' if file.suffix == ".json" else PAGE)
        Path(root, folder).mkdir(parents=True, exist_ok=True)
        with os.scandir(Path(root, folder)) as scan:
            names = {entry.name: entry for entry in scan}
            told = list(misnamed(Path(root, folder), Path(root), names, Limits()))
            assert may_be_misnamed(f"{root}/{folder}", names) or not told
