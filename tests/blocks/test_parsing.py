"""All nodes of a tree, in the order of the standard library's own walk."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from skillcheck.blocks.parsing import children, every_node, fresh

TEXTS = {
    "operators": "a = not -b + c ** 2 if d is not None and 1 < e <= 3 else f'{g!r:>{h}}'\na += 1\n",
    "loops": "for x in y:\n    if x:\n        continue\n    break\nelse:\n    pass\n",
    "handlers": "try:\n    x\nexcept* E as e:\n    raise\nfinally:\n    with a as b, c:\n        pass\n",
    "names": "global a, b\nimport c.d as e\nfrom . import f\ndel g[1:2, ...]\nlambda *a, b=1, **c: (yield)\n",
    "matches": "match x:\n    case {'a': 1, **rest}:\n        pass\n    case [1, *others] | C(y=2):\n        pass\n",
    "empty": "",
}


def told(node: ast.AST) -> bool:
    return bool(node._fields) or isinstance(node, ast.stmt)


@pytest.mark.parametrize("text", [*TEXTS.values(), Path(ast.__file__).read_text(encoding="utf-8")], ids=[*TEXTS, "ast"])
def test_every_node_is_there_but_operators_and_contexts(text: str) -> None:
    tree = fresh(text)
    assert tree is not None
    assert every_node(tree) == tuple(filter(told, ast.walk(tree)))
    for node in every_node(tree):
        assert children(node) == [*filter(told, ast.iter_child_nodes(node))]


def test_without_a_tree_there_are_no_nodes() -> None:
    assert every_node(None) == ()
