"""Building the fixture's page scripts: `npm ci` and `node build.mjs`, each only when it is due."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
DIST = HERE / "dist"


class FixtureNotBuilt(RuntimeError):
    """The page scripts could not be built; the message says what to do."""


def _run(command: list[str]) -> None:
    programme = shutil.which(command[0])
    if programme is None:
        raise FixtureNotBuilt(f"{command[0]} was not found: install Node.js 20 or newer, or run `python3 dev.py test`.")
    done = subprocess.run([programme, *command[1:]], cwd=HERE, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise FixtureNotBuilt(f"`{' '.join(command)}` failed in {HERE}:\n{done.stdout}{done.stderr}")


def _newest(*paths: Path) -> float:
    return max((file.stat().st_mtime for path in paths for file in (path.rglob("*") if path.is_dir() else [path])))


def built() -> Path:
    """The folder with the built scripts, built now if it is missing or older than its sources.

    Raises FixtureNotBuilt with the command's own words when Node.js is missing or a step fails.
    """
    lock = HERE / "package-lock.json"
    installed = HERE / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        installed.touch()
    site = DIST / "site.js"
    if not site.exists() or site.stat().st_mtime < _newest(HERE / "src", HERE / "build.mjs", lock):
        _run(["node", "build.mjs"])
    return DIST
