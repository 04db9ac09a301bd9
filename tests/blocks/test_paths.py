from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.blocks.paths import in_comment, is_path, is_safe


@pytest.mark.parametrize(
    ("line", "language", "path"),
    [
        ("# src/app/config.py", "python", "src/app/config.py"),
        ("# config.py", "python", "config.py"),
        ("# config.py (new)", "python", "config.py"),
        ("# config.py [excerpt]", "python", "config.py"),
        ("# File: src/x.py", "python", "src/x.py"),
        ("# filename: x.py", "python", "x.py"),
        ("# ./x.py", "python", "x.py"),
        ("# `x.py`", "python", "x.py"),
        ("// src/index.ts", "typescript", "src/index.ts"),
        ("// app/[id]/page.tsx", "tsx", "app/[id]/page.tsx"),
        ("-- db/init.sql", "sql", "db/init.sql"),
        ("<!-- index.html -->", "html", "index.html"),
        ("/* a/b.css */", "css", "a/b.css"),
        ("// tsconfig.json", "json", "tsconfig.json"),
        ("# Dockerfile", "dockerfile", "Dockerfile"),
        ("# .github/workflows/ci.yml", "yaml", ".github/workflows/ci.yml"),
        ("\n# a.py", "python", "a.py"),
    ],
)
def test_a_comment_that_holds_only_a_path_names_the_file(line: str, language: str, path: str) -> None:
    assert in_comment(f"{line}\nrest\n", language) == path


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("# This loads config.py", "python"),
        ("# Edit config.py", "python"),
        ("# config.py is read here", "python"),
        ("# Configuration", "python"),
        ("# e.g.", "python"),
        ("#", "python"),
        ("", "python"),
        ("import config", "python"),
        ("# ../up.py", "python"),
        ("# /etc/x.py", "python"),
        ("# C:/x.py", "python"),
        ("# a//b.py", "python"),
        ("# con.py", "python"),
        ("# src/app.py", "bash"),
        ("# settings.yaml", "python"),
        ("// a.py", "python"),
        ("#!/bin/run.sh", "bash"),
        ("# src/app.py", "klingon"),
    ],
)
def test_any_other_first_line_names_none(line: str, language: str) -> None:
    assert in_comment(f"{line}\nrest\n", language) is None


@pytest.mark.parametrize(
    "path", ["", "a/../b", "..", ".", "/a", "a/", "a\\b", "~/a", "a.", "a ", " a", "NUL", "com1.txt", "a\nb"]
)
def test_a_path_that_some_system_refuses_or_that_leaves_is_not_safe(path: str) -> None:
    assert not is_safe(path)


def test_a_path_without_end_is_not_safe() -> None:
    assert is_safe("a" * 200)
    assert not is_safe("a" * 201)


def test_a_title_is_a_path_or_a_sentence() -> None:
    assert is_path("app.py")
    assert is_path("src/app")
    assert is_path("Dockerfile")
    assert not is_path("Create the app.py")
    assert not is_path("Setup")


@given(st.text(), st.sampled_from(["python", "bash", "json", "html", "klingon"]))
def test_whatever_is_found_is_safe(text: str, language: str) -> None:
    path = in_comment(text, language)
    assert path is None or is_safe(path)
