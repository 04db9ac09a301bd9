"""The command, called in this process."""

from __future__ import annotations

from click.testing import CliRunner, Result

from skillcheck import cli

GOOD = """\
---
name: adding
description: Adds numbers. Use when numbers have to be added.
---
# Adding

```python
print(1 + 2)
```
"""


def call(*arguments: str) -> Result:
    """Call the command; what it raises is raised."""
    return CliRunner().invoke(cli.skillcheck, arguments, catch_exceptions=False)
