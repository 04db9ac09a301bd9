"""A skill with a defect of each kind → docs/report.svg, the report that README shows; `make picture` runs it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

PICTURE = Path(__file__).parent / "report.svg"
COMMAND = "skillcheck verify weather"
WIDTH = 112
LAST = "output of"
"""What begins the part that the picture leaves out: tracebacks name the paths of a machine."""

SKILL = """\
---
name: weather
description: Reads weather reports and keeps them. Use when a forecast has to be fetched, merged or stored.
allowed-tools: Read, Bsh(python *)
---

# Weather

Merge what two stations say, as [the format](references/format.md) has it:

```python
from collections import Mapping

def merged(one: Mapping, other: Mapping) -> dict:
    return {**one, **other}
```

Keep it:

```python
import json

def kept(text: str) -> dict:
    return normalised(json.loads(text))
```

Then show the warmest day:

```python
days = {"mon": 21, "tue": 24}
print(max(days, key=days.get))
#> mon
```
"""


def main() -> None:
    """Run the command on the skill, and draw what it says."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text(f"$ {COMMAND}", style="bold"))
    console.print(Text.from_ansi(_said()), soft_wrap=True)
    drawn = console.export_svg(title="skillcheck", theme=MONOKAI, unique_id="report")
    PICTURE.write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), encoding="utf-8")


def _said() -> str:
    with tempfile.TemporaryDirectory() as folder:
        skill = Path(folder) / "weather" / "SKILL.md"
        skill.parent.mkdir()
        skill.write_text(SKILL, encoding="utf-8")
        _, *words = COMMAND.split()
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "skillcheck", *words],
            cwd=folder,
            env=os.environ | {"FORCE_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    report, _, rest = done.stdout.partition(LAST)
    return f"{report}…\n\n{rest.rstrip().splitlines()[-1]}"


if __name__ == "__main__":
    main()
