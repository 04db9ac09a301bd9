"""A skill that others are made of is to be filled in; that it lies among examples alone excuses nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Finding

Told = Callable[[Mapping[str, str]], list[Finding]]
TEXT = "---\nname: {}\ndescription: Fills PDF forms. Use when asked to fill a form.\n---\n\nRead [it](gone.md).\n"
FOLDERS = ("examples/forms", "skills/maker/assets/forms", "templates/forms", "template", "skills/_template")


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("{{name}}", []),
        ("<your-skill>", []),
        ("skill-name", []),
        ("my-skill", []),
        ("other", ["SK113", "SK401"]),
        ("Other_Forms", ["SK111", "SK113", "SK401"]),
    ],
)
def test_a_skill_to_fill_in_is_one_by_its_place_and_name(told: Told, folder: str, name: str, codes: list[str]) -> None:
    quoted = f'"{name}"' if "{" in name else name
    assert sorted(each.code for each in told({f"{folder}/SKILL.md": TEXT.format(quoted)})) == codes
