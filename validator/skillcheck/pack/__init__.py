"""Skills → ZIPs that claude.ai's upload takes, and the marketplace that Claude Code installs from."""

from __future__ import annotations

from skillcheck.pack.archive import EPOCH, Packing, build, pack, write
from skillcheck.pack.marketplace import Entry, marketplace
from skillcheck.pack.members import chosen, left_out, members
from skillcheck.pack.mending import mended, taken_out

__all__ = [
    "EPOCH",
    "Entry",
    "Packing",
    "build",
    "chosen",
    "left_out",
    "marketplace",
    "members",
    "mended",
    "pack",
    "taken_out",
    "write",
]
