"""This machine → what of it decides by what programs are held, and what they find installed."""

from __future__ import annotations

import os
import re
from pathlib import Path

# What changes where tools, libraries and time zones are installed, which programs may use.
MACHINE = (
    *("/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/lib", "/usr/local/lib", "/usr/share"),
    *("/usr/share/zoneinfo", "/etc/ld.so.cache", "/etc/passwd", "/etc/group", "/etc/localtime", "/etc/mime.types"),
)

# What decides by what the kernel lets a process be held: this boot, the rights of the process, and the settings.
SETTLED = (
    *(f"/proc/sys/kernel/{name}" for name in ("random/boot_id", "unprivileged_userns_clone", "seccomp/actions_avail")),
    *("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "/sys/kernel/security/lsm", "/proc/self/attr/current"),
    *(f"/proc/sys/user/max_{kind}_namespaces" for kind in ("user", "mnt", "pid", "net", "ipc", "uts")),
    *("/proc/self/uid_map", "/proc/self/gid_map", "/proc/self/cgroup", "/proc/self/limits"),
)
RIGHTS = r"(?m)^(?:Umask|Uid|Gid|Groups|Cap\w+|NoNewPrivs|Seccomp\w*):.*$"
NAMESPACES = tuple(f"/proc/self/ns/{kind}" for kind in ("user", "mnt", "pid", "net", "ipc", "uts", "cgroup"))


def kernel() -> list[str | None] | None:
    """Return what it depends on by what the kernel lets a process be held; None where it does not tell."""
    try:
        rights = re.findall(RIGHTS, Path("/proc/self/status").read_text(encoding="utf-8"))
        namespaces = [os.readlink(path) for path in NAMESPACES]  # noqa: PTH115 - the link's own text
    except OSError:
        return None
    return [*os.uname(), *rights, *namespaces, *map(_read, SETTLED)]


def _read(path: str) -> str | None:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
