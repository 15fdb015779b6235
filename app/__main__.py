"""Where the program starts, in a checkout, installed and built. Loads nothing heavy: spawned children load it again."""

import multiprocessing
import sys


def run() -> int:
    """Run the command line in this process, after a spawned child of a built program has gone its own way."""
    multiprocessing.freeze_support()
    from app.cli import main

    return main()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    from app.bootstrap import ensure

    ensure()
    sys.exit(run())
