"""Marketplace -> ignored-source-field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from skillcheck import facts
from skillcheck.model import Json, Marketplace, Severity
from skillcheck.rules.entries import entries
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import meant
from skillcheck.rules.wording import closest

_MEANT = {"branch": "ref", "tag": "ref", "commit": "sha", "rev": "sha"}


@rule(
    "SK539",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugin-marketplaces#plugin-sources",
)
def ignored_source_field(marketplace: Marketplace) -> Iterator[Told]:
    """A source has a field that its kind does not know.

    Claude Code drops it without a word: a `path` of a github source installs the root of the repository, a `branch`
    the default one.

    ```json bad path=.claude-plugin/marketplace.json
    {
      "name": "forms",
      "owner": {
        "name": "Ada"
      },
      "description": "Forms",
      "plugins": [
        {
          "name": "forms",
          "source": {
            "source": "github",
            "repo": "ada/forms",
            "path": "plugins/forms"
          }
        }
      ]
    }
    ```

    ```json good path=.claude-plugin/marketplace.json
    {
      "name": "forms",
      "owner": {
        "name": "Ada"
      },
      "description": "Forms",
      "plugins": [
        {
          "name": "forms",
          "source": {
            "source": "git-subdir",
            "url": "https://github.com/ada/forms.git",
            "path": "plugins/forms"
          }
        }
      ]
    }
    ```
    """
    for index, entry in entries(marketplace):
        source = entry.get("source")
        fields = source if isinstance(source, dict) else {}
        known = facts.marketplace().source_fields.get(str(fields.get("source")), ())
        for key in fields if known else ():
            if key not in {"source", *known}:
                place = marketplace.data.key_place("plugins", index, "source", key)
                near = _near(key, fields, known)
                message = f"a source of {fields['source']} knows no field `{key}`, and Claude Code ignores it"
                yield Told(place, message, _remedy(key, near))


def _near(key: str, fields: Mapping[str, Json], known: Sequence[str]) -> str | None:
    """Return the field that is meant by one that its source does not know."""
    instead = next((name for name in known if name not in fields and meant(key, name)), None)
    return instead or (_MEANT[key] if _MEANT.get(key) in known else closest(key, known))


def _remedy(key: str, near: str | None) -> str:
    if near:
        return f"write `{near}`"
    return "take a source of git-subdir, which knows it" if key == "path" else f"remove `{key}`"
