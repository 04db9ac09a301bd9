from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from skillcheck.site import Entry
from skillcheck.site.discovery import discovery

SKILL = "---\nname: forms\ndescription: Fills\n  forms.\n---\n# Forms\n"


def test_the_index_names_what_lies_beside_it(entry: Callable[..., Entry]) -> None:
    found = discovery([entry(SKILL, flat=b"zip")])
    index = json.loads(found[".well-known/agent-skills/index.json"])
    assert index == {
        "$schema": "https://schemas.agentskills.io/discovery/0.2.0/schema.json",
        "skills": [
            {
                "name": "forms",
                "type": "archive",
                "description": "Fills forms.",
                "url": "forms.zip",
                "digest": f"sha256:{hashlib.sha256(b'zip').hexdigest()}",
            }
        ],
    }
    assert found[".well-known/agent-skills/forms.zip"] == b"zip"


def test_a_lone_skill_md_needs_no_archive(entry: Callable[..., Entry]) -> None:
    found = discovery([entry(SKILL, flat=b"zip", alone=b"text")])
    (skill,) = json.loads(found[".well-known/agent-skills/index.json"])["skills"]
    assert (skill["type"], skill["url"]) == ("skill-md", "forms/SKILL.md")
    assert found[".well-known/agent-skills/forms/SKILL.md"] == b"text"


def test_what_cannot_be_packed_or_comes_twice_is_left_out(entry: Callable[..., Entry]) -> None:
    one, other = entry(SKILL, flat=b"1"), entry(SKILL, flat=b"2")
    assert list(discovery([entry(SKILL)])) == [".well-known/agent-skills/index.json"]
    assert discovery([one, other])[".well-known/agent-skills/forms.zip"] == b"1"
    assert len(json.loads(discovery([one, other])[".well-known/agent-skills/index.json"])["skills"]) == 1
