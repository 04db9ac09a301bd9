from __future__ import annotations

import pytest

from skillcheck.blocks.languages import LANGUAGES, PROSE, canonical, named, of_path, suits


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("py", "python"),
        ("PYTHON3", "python"),
        ("zsh", "zsh"),
        ("console", "bash"),
        ("jsx", "jsx"),
        ("mjs", "javascript"),
        ("yml", "yaml"),
        ("json5", "jsonc"),
        ("docker", "dockerfile"),
        ("text", ""),
        ("", ""),
        ("klingon", ""),
    ],
)
def test_a_tag_has_one_canonical_name(tag: str, name: str) -> None:
    assert canonical(tag) == name


def test_no_tag_names_two_languages() -> None:
    tags = [tag for language in LANGUAGES for tag in (language.name, *language.aliases)]
    assert sorted(tags) == sorted(set(tags))
    assert not PROSE.keys() & set(tags)


def test_every_language_is_found_by_its_name_and_has_a_suffix() -> None:
    for language in LANGUAGES:
        assert named(language.name) is language
        assert language.suffixes[0].startswith(".")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("src/a.py", "python"),
        ("Dockerfile", "dockerfile"),
        ("a/Makefile", "makefile"),
        ("x.h", "c"),
        ("a.json", "json"),
        ("x.unknown", ""),
        ("README", ""),
    ],
)
def test_a_path_says_its_language(path: str, name: str) -> None:
    assert of_path(path) == name


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("a.py", "python", True),
        ("a.py", "bash", False),
        ("Dockerfile.dev", "dockerfile", True),
        (".env.local", "dotenv", True),
        (".bashrc", "bash", True),
        ("App.tsx", "jsx", True),
        ("", "python", False),
        (".", "bash", False),
        ("a.py", "klingon", False),
    ],
)
def test_a_path_suits_a_language(path: str, language: str, *, expected: bool) -> None:
    assert suits(path, language) is expected
