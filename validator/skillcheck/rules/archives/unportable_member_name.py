"""Archive -> unportable-member-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Archive, Severity
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.uploads import members


@rule(
    "SK625",
    severity=Severity.WARNING,
    source="https://learn.microsoft.com/windows/win32/fileio/naming-a-file",
)
def unportable_member_name(archive: Archive) -> Iterator[Told]:
    """A member's name is none that a file of Windows can have.

    Names of devices, and names that end with a dot or a space, cannot be unpacked there.
    """
    for file in members(archive):
        part = next((part for part in file.path.split("/") if _is_unportable(part)), None)
        if part is not None:
            yield Told(file.place, f"{part!r} in {file.path!r} cannot be a file of Windows", "give it another name")


def _is_unportable(part: str) -> bool:
    device = part.partition(".")[0].rstrip(" ").lower() in facts.upload().device_names
    return device or (part.endswith((".", " ")) and part not in {".", ".."})
