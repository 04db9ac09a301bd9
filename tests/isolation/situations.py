"""The hostile suite in every situation that users run it in: who they are, and whether they may have user namespaces.

Run by `make isolation` and CI, not by pytest: only the superuser can make all the situations. Nothing of the machine is
changed: what is hidden or turned off is so in namespaces of their own, that end with the suite.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SUITE = (
    "tests/runner/test_causes.py",
    "tests/runner/test_cells.py",
    "tests/runner/test_hostile.py",
    "tests/runner/test_loopback.py",
    "tests/runner/test_warm.py",
    "tests/runner/test_sandbox.py",
    "tests/runner/inside",
)
NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups"
WITHOUT_RIGHTS = "setpriv --bounding-set=-all --inh-caps=-all --no-new-privs"
NONE_LEFT = "echo 0 > /proc/sys/user/max_user_namespaces"
WHOLE, LESS = "namespaces landlock seccomp", "landlock seccomp"


def opened(holds: Path) -> str:
    """Return the shell lines that let others reach the interpreter and this checkout through a closed home."""
    wanted = {Path(sys.base_prefix).resolve(), ROOT}
    lines = ["mount --make-rprivate /"]
    for hidden in sorted({closed for path in wanted if (closed := _closed(path))}):
        kept = [shlex.quote(str(path)) for path in wanted if path.is_relative_to(hidden)]
        hold = {path: tempfile.mkdtemp(dir=holds) for path in kept}
        lines += [f"mount --bind {path} {hold[path]}" for path in kept]
        lines += [f"mount -t tmpfs -o mode=755 none {shlex.quote(str(hidden))}"]
        lines += [f"mkdir -p {path} && mount --move {hold[path]} {path}" for path in kept]
    return "\n".join(lines)


def _closed(path: Path) -> Path | None:
    return next((each for each in reversed(path.parents) if not each.stat().st_mode & 0o001), None)


def suite(home: str) -> str:
    """Return the shell command that runs the suite with a home of its own."""
    options = f"-q -p no:cacheprovider --basetemp={home}/tests"
    python = shlex.quote(str(ROOT / ".venv" / "bin" / "python"))
    return f"env HOME={home} HYPOTHESIS_STORAGE_DIRECTORY={home} {python} -P -m pytest {options} {' '.join(SUITE)}"


def situations(command: str) -> dict[str, tuple[str, str]]:
    """Return by name what each situation is made with, and what programs must be held by in it."""
    off = f"unshare --user --map-root-user sh -c {shlex.quote(f'{NONE_LEFT}; exec {command}')}"
    unprivileged = (
        f"unshare --user --map-root-user sh -c {shlex.quote(f'{NONE_LEFT}; exec {WITHOUT_RIGHTS} {command}')}"
    )
    return {
        "the superuser": (command, WHOLE),
        "the superuser, user namespaces off": (off, WHOLE),
        "an unprivileged user": (f"{NOBODY} {command}", WHOLE),
        "an unprivileged user, user namespaces off": (f"{NOBODY} {unprivileged}", LESS),
    }


def passes(command: str, isolation: str, holds: Path) -> bool:
    """Return whether a command passes where a checkout and its interpreter can be reached by all."""
    script = f"set -e\n{opened(holds)}\nexport ISOLATION={shlex.quote(isolation)}\nexec {command}"
    done = subprocess.run(["/usr/bin/unshare", "--mount", "sh", "-c", script], cwd=ROOT, check=False)  # noqa: S603 - from here
    return done.returncode == 0


def main() -> None:
    """Run the suite in each situation and end with 1 if one of them failed."""
    if os.getuid() != 0:
        sys.exit("only the superuser can make these situations; run it as root, or leave it to CI")
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        for number, name in enumerate(situations("")):
            home = Path(folder) / str(number)
            home.mkdir()
            home.chmod(0o777)
            command, isolation = situations(suite(str(home)))[name]
            sys.stdout.write(f"-- {name}: held by {isolation}\n")
            sys.stdout.flush()
            failed += [] if passes(command, isolation, Path(folder)) else [name]
    sys.exit(f"the suite failed for {'; '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
