"""What the shells share: a text → what `SHELL -n` says of it, and the Python that it hands on."""

from __future__ import annotations

from skillcheck.runner.languages.shells.handed import handed_python
from skillcheck.runner.languages.shells.unexecuted import SECONDS, said_by

__all__ = ["SECONDS", "handed_python", "said_by"]
