"""What an exception says → what is missing around its program, by what libraries commonly write."""

from __future__ import annotations

import re
from typing import NamedTuple


class Words(NamedTuple):
    """How messages read that ask for something, what that is, and what its user can do about it."""

    pattern: re.Pattern[str]
    what: str
    deed: str


OFFLINE = re.compile(
    r"(?i)name resolution|name or service not known|network is unreachable|max retries exceeded|failed to resolve"
    r"|could not connect|couldn't connect|can't connect|cannot connect|connection (?:refused|error)|connecterror"
    r"|all connection attempts failed|no route to host|offline mode|could not reach|failed to establish"
    r"|(?:failed|unable) to connect|internet connection|^no\w+available\b|^serverselectiontimeouterror\b"
)
LOCAL = re.compile(r"\blocalhost\b|\b127\.0\.0\.1\b|::1\b|\.sock\b")
ANYWHERE = (
    Words(
        re.compile(
            r"(?i)api[ _-]?key|credential|(?:access|auth|bearer)[ _-]?token|_token\b|secret[ _-]?key"
            r"|\bnot (?:authenticated|logged in)\b|authentication required|\b[A-Z]+_(?:KEY|SECRET|TOKEN)\b"
            r"|\bplease (?:log|sign) ?in\b|\blicen[sc]e (?:key|file|server|not|required|expired)"
            r"|size-limited licen[sc]e"
        ),
        "credentials",
        "set them in the block",
    ),
    Words(
        re.compile(
            r"\b(?:CUDA|cuda|GPU|NVIDIA|nvidia|MPS|TPU)\b|no \$DISPLAY|cannot open display|no display name"
            r"|(?i:\b(?:no|invalid|querying) (?:\w+ ){0,2}device)\b"
        ),
        "a device that isn't there",
        "ask for it only where it is",
    ),
    Words(
        re.compile(
            r"(?i)executable (?:doesn't exist|not found)|\bno executable (?:was )?found\b"
            r"|not found in (?:your )?\$?path|on your \$?path"
            r"|installed and (?:in|on) (?:your )?\$?path"
            r"|is not installed or not|command not found|unable to (?:find|locate) .{0,40}\b(?:binary|executable)"
        ),
        "a program that isn't there",
        "name it where it is installed",
    ),
    Words(
        re.compile(
            r"(?i:\benvironment variables?\b)|\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b['\"`]? (?:is |was |must be |has been )?"
            r"(?:not (?:set|defined|found)|missing|required|unset|set\b)"
        ),
        "a variable of the environment",
        "set it in the block",
    ),
)
"""What nobody says of their own code."""
BY_LIBRARY = (
    Words(
        re.compile(
            r"(?i)\b(?:can'?t|cannot|can not|could ?n[o']t|unable to|failed to) (?:find|load|locate|download|fetch) "
            r"(?:\w+ ){0,3}?(?:model|tokenizer|weights|checkpoint|corpus|dictionary|dataset|resource|font)s?\b"
            r"|\bnot a valid model identifier\b|\bresource .{0,60} not found\b"
            r"|\bnot found\b.{0,80}\b(?:to |please )(?:download|obtain)\b"
        ),
        "a model or data that isn't there",
        "show how it is made",
    ),
    Words(
        re.compile(
            r"(?i)\bplease (?:configure|connect|authenticate|start|launch|download|set up)\b"
            r"|\b(?:is|are|was|were|been|be) not (?:yet )?(?:configured|running|reachable|set up)\b"
            r"|\b(?:backend|solver|browser|daemon|driver)\b.{0,80}\b(?:is|are) not available\b"
            r"|\bno (?:\w+ ){1,3}?(?:is|are|was|were|has been) (?:loaded|configured|registered|running)\b"
            r"|\bno (?:\w+ )?(?:backend|region|account|profile|session|server|daemon|cluster|solver|browser)s? "
            r"(?:\w+ )?(?:found|available|configured|set|specified|selected|running|installed|detected)\b"
            r"|\bmissing (?:required )?(?:configuration|config|setting)s?\b"
            r"|\bmust specify an? (?:region|project|account|profile|endpoint|host)\b|\bdaemon running\b"
        ),
        "something set up around it",
        "set it up in the block",
    ),
)
"""What a library says of its user's machine; a block that says it itself may be showing just that."""
OF_SETTINGS = re.compile(
    r"^\w*(?:Auth(?:entication|orization)?|Credentials?|Login|License|Config(?:uration|Missing)|Region|Profile\w*)"
    r"(?:Error|Exception)$"
    r"|^(?:ImproperlyConfigured|Unauthori[sz]ed|Unauthenticated)$"
)
"""Types of exceptions by which libraries say so."""
SYSTEM = re.compile(r"\.so[.\d]*: cannot open shared object|(?i:\bdll load failed\b|\blibrary not loaded\b)")
OF_PYTHON = re.compile(r"(?:cannot import name|No module named|attempted relative|import of |bad magic|dynamic module)")
"""How Python's own errors of importing begin."""
OF_CALLS = re.compile(
    r"^[\w.]+\(\) (?:got|missing|takes|argument)\b|\bnot (?:callable|iterable|subscriptable)\b|\boperand\b"
)
"""How Python's own words of a wrong call read."""
CHOICE = re.compile(
    r"(?i)\b(?:must|should|has to|needs to) be (?:one|any|either|in)\b|\bchoose from\b|\bexpected one of\b"
    r"|\b(?:correct|valid|allowed|accepted|possible|supported) (?:value|option|choice|name|format|type)s?"
    r" (?:are|is|include)\b"
)
"""How it reads that a value is none of those which are taken."""
UNINSTALLED = re.compile(r"(?i)\bnot installed\b|\bpip install \w|\bplease install\b|\bNo module named\b")
"""How a program that ends says that it imports what isn't there."""
BROUGHT = re.compile(r"(?i)\b(?:pip3?|conda|uv) (?:install|add)\b")
"""How a library says what would bring that which it was asked for and has not."""
MOVED = re.compile(
    r"(?i)\b(?:has|have|was|were|is|are) (?:been )?(?:moved|removed|renamed|replaced)\b"
    r"|\bno longer (?:available|supported)\b"
)
"""How a library says of a name that it is not there any more."""
ABSENT = re.compile(
    r"(?i)no such file|no files? (?:was |were )?found|is not a valid file"
    r"|file (?:was )?not found|\bnot found: |does not exist|not a file or folder"
    r"|\b(?:unable to|could ?n[o']t|cannot|can'?t|failed to) (?:open|load|(?:read|find) (?:\w+ ){0,2}file)\b"
)
STRERROR = re.compile(r"\bNo such file or directory\b")
"""What the system says of it, and no code of its own data."""
PATH = re.compile(r"\w/\w|[\w-]\.[a-z]\w{1,7}\b|(?:^|[\s'\"`(=])(?:\.{1,2}|~)?/\w")
YOUR_OWN = re.compile(r"(?:your|YOUR)(?:_|[A-Z])|Your[A-Z]|mcp__[a-z]|some_[a-z]|Some[A-Z]|do_something(?:_else)?$")
"""How names begin that nobody binds: each reader is to put their own there, or has them as tools of a server."""
