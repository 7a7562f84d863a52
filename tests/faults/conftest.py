import pytest


@pytest.fixture(autouse=True)
def among_servers(postgresql: None, redis: None) -> None:
    """They are started and stopped here; where the suite has none, the programs may be missing too."""
