from __future__ import annotations

from skillcheck.rules.remembered import remembered


def test_it_works_once_for_a_node_and_again_for_an_equal_one() -> None:
    asked: list[list[int]] = []

    @remembered
    def length(node: list[int]) -> int:
        asked.append(node)
        return len(node)

    one, equal = [1, 2], [1, 2]
    assert [length(one), length(one), length(equal), length([3]), length(one)] == [2, 2, 2, 1, 2]
    assert asked == [one, equal, [3], one]
