"""Sets of positions as integers."""

import random

import pytest

from search.snapshot import bits_of, positions_of


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 64, 1000])
def test_few_and_many_positions_make_the_same_integer(size: int) -> None:
    draw = random.Random(size)
    for count in (0, 1, 2, size // 50, size // 3, size):
        positions = draw.sample(range(size), min(count, size))
        bits = bits_of(positions, size)
        assert bits == sum(1 << position for position in positions)
        assert [*positions_of(bits)] == sorted(positions)
        # What the snapshot does not have stands at its end.
        assert bits_of(iter([*positions, size]), size) == bits
