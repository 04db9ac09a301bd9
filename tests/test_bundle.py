"""What our own skills promise of themselves, besides what `make verify` holds."""

from __future__ import annotations

from pathlib import Path

from benchmarks.mutants.proof import WHOLE

from skillcheck.blocks import programs, units
from skillcheck.load import load
from skillcheck.model import Role

SKILLS = Path(__file__).parents[1] / "skills"


def test_a_block_of_a_skill_that_shows_whole_code_needs_no_other() -> None:
    for name in WHOLE:
        skill = load([str(SKILLS / name)]).skills[0]
        found = units(skill)
        needing = [program.unit.snippet for program in programs(found, skill.files) if program.context]
        assert needing == []
        assert Role.CONTINUATION not in {unit.role for unit in found}
