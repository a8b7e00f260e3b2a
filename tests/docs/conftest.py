"""One desk for all pages: they run the same commands on the same sample."""

import pytest

from tests.docs.blocks import Desk


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))
