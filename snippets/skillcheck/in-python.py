# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "claude-skillcheck",
# ]
# ///

# from SKILL.md > skillcheck > In Python

from collections import Counter
from pathlib import Path

from skillcheck import Severity, find, lint

skill = Path("skills/notes/SKILL.md")
skill.parent.mkdir(parents=True)
skill.write_text("---\nname: note\n---\n[all](missing.md)\n", encoding="utf-8")

report = lint(["skills"], find(Path("skills")))
errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
print(Counter(finding.name for finding in errors))
# > Counter({'missing-description': 1, 'name-mismatch': 1, 'broken-link': 1})
print(report.failed, errors[-1].place, errors[-1].message)
# > True skills/notes/SKILL.md:4:1 the link leads to missing.md, which is not in the skill
