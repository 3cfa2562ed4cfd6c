"""What tests of rights share."""

import pytest


@pytest.fixture(autouse=True)
def _federation(federation: object) -> None:
    """Every test here has chapters."""
