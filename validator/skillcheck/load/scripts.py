"""Files of a skill -> the texts of its scripts, and of the settings that lie beside them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from skillcheck.load.limits import Limits
from skillcheck.load.source import decode
from skillcheck.model import File, Script

_SUFFIXES = (".sh", ".bash", ".zsh", ".py", ".js", ".mjs", ".cjs", ".ts", ".rb", ".pl", ".ps1", ".env", ".pem")
_SETTINGS = re.compile(
    r"\.env\..*|\.(?:npmrc|pypirc|netrc|pgpass|htpasswd|git-credentials)"
    r"|credentials(?:\.json)?|(?:client_secret|service[-_]account)[\w.-]*\.json|id_(?:rsa|dsa|ecdsa|ed25519)"
)


def scripts(files: Sequence[File], limits: Limits) -> Iterator[Script]:
    """Yield the scripts, as far as they can be read and are no larger than any file may be, the first of them alone."""
    named = [file for file in files if _is_script(file.path)][: limits.max_scripts]
    for file in named:
        if file.size <= limits.max_file:
            try:
                source, _ = decode(file.place.path, file.read())
            except OSError:  # whoever runs it is told
                continue
            yield Script(file.place.path, file.path, source.text)


def _is_script(path: str) -> bool:
    return path.endswith(_SUFFIXES) or _SETTINGS.fullmatch(posixpath.basename(path)) is not None
