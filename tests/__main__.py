"""``python3 -m tests [pytest arguments]``: sets itself up on the first call, then runs the suite."""

import sys

from app.bootstrap import CHECKOUT, ensure


def main(arguments: list[str]) -> int:
    """Run pytest in this process with this checkout's settings; its exit code is ours."""
    import pytest

    return int(pytest.main(["--rootdir", str(CHECKOUT), "-c", str(CHECKOUT / "pyproject.toml"), *arguments]))


if __name__ == "__main__":
    ensure(["dev"])
    sys.exit(main(sys.argv[1:]))
