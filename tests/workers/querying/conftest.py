from __future__ import annotations

from pathlib import Path

import pytest

from tests.workers.querying.asking import Asker
from workers.core.model.tasks import Target


@pytest.fixture
def asker(target: Target, tmp_path: Path) -> Asker:
    return Asker(target, tmp_path / "results")
