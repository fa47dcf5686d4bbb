"""`python -m bench`: prints the whole of docs/benchmarks.md, or a part."""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT / "src"))
    from bench.document import run
    from fotfeste.cli.commands.bench import add_arguments

    asked = argparse.ArgumentParser(prog="bench", description="Measure loading, pages, grants and starts.")
    add_arguments(asked)
    sys.exit(run(asked.parse_args()))
