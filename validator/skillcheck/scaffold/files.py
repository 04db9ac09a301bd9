"""A name → the text of each file of a new skill."""

from __future__ import annotations

import json
from collections.abc import Mapping
from string import Template

SKILL = Template("""\
---
name: $name
description: Greets people by their names. Use when the user asks for a greeting.
---

# $title

Say in the description what the skill does and when it is of use: it is all that is seen of it before it is loaded.

A block that begins with a path is a file of the example project:

```python
# src/greeting.py
def greet(name: str) -> str:
    if not name.strip():
        raise ValueError("nobody is there to be greeted")
    return f"Hello, {name}!"
```

The blocks after it may use what it defines:

```python
from greeting import greet

print(greet("Ada"))
```
""")
REQUIREMENTS = "# What the blocks of SKILL.md import, one requirement a line; nothing else is installed for them.\n"
TEST = """\
from __future__ import annotations

import pytest
from greeting import greet


def test_somebody_is_greeted() -> None:
    assert greet("Ada") == "Hello, Ada!"


def test_nobody_is_not() -> None:
    with pytest.raises(ValueError, match="nobody"):
        greet(" ")
"""
TRIGGERS = (
    ("Greet Ada for me", True),
    ("What is a friendly greeting for a new colleague?", True),
    ("Sort these numbers", False),
    ("Translate this letter into French", False),
)


def skill_files(name: str) -> Mapping[str, str]:
    """Return the files of the skill's own folder, by their paths in it."""
    title = name.replace("-", " ").capitalize()
    triggers = [{"query": query, "should_trigger": wanted} for query, wanted in TRIGGERS]
    return {
        "SKILL.md": SKILL.substitute(name=name, title=title),
        "requirements.txt": REQUIREMENTS,
        "evals/triggers.json": json.dumps(triggers, indent=2) + "\n",
    }


def suite_files() -> Mapping[str, str]:
    """Return the files of its tests."""
    return {"test_greeting.py": TEST}
