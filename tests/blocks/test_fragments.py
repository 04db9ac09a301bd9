from __future__ import annotations

import pytest

from skillcheck.blocks.fragments import with_bodies
from skillcheck.blocks.templates import excuse


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("if a:  # bad\n\nif b:\n", "if a: pass\n\nif b: pass\n"),
        ("if a:\n    # say so\n", "if a: pass\n    # say so\n"),
        ("if a:  # one\nif b:  # two\n", "if a: pass\nif b: pass\n"),
        ("x = 1\n@cached\n\n", "x = 1\n@cached\ndef blank(): pass\n"),
        ("@a(1)  # x\n@a(2)\n", "@a(1)  # x\n@a(2)\ndef blank(): pass\n"),
        (
            "class A:\n    def f(self):\n        # more\n\n    x = 1\n",
            "class A:\n    def f(self): pass\n        # more\n\n    x = 1\n",
        ),
    ],
)
def test_what_has_no_body_is_a_fragment(text: str, whole: str) -> None:
    assert with_bodies(text) == whole
    assert excuse(text, "python") == "a fragment"


@pytest.mark.parametrize(
    "text",
    [
        "def f():\nreturn 1\n",
        "for x in y:\nprint(x)\n",
        "if a:\n    # say so\nelse\n    b\n",
        "def f()\n\n    return 1\n",
        "if a:\n\n    return 1\n",
        "print('a'\n",
    ],
)
def test_what_is_broken_is_none(text: str) -> None:
    assert excuse(text, "python") == ""
