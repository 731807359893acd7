"""What reads the extension's code before it runs, by npm: installed when it is due, then run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"


class NoNode(RuntimeError):
    """Node.js or what it needs is not there; the message says what to do."""


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NoNode(f"{name} was not found: install Node.js 20.19 or newer, or run `python3 dev.py test`.")
    return found


def node(script: Path, *arguments: str | Path, cwd: Path = HERE) -> subprocess.CompletedProcess[str]:
    """Run a script with Node.js: the one that `dev.py test` names, else the machine's."""
    lock, installed = HERE / "package-lock.json", MODULES / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        done = subprocess.run([_program("npm"), "ci", "--no-audit", "--no-fund"], cwd=HERE, capture_output=True, text=True)
        if done.returncode:
            raise NoNode(f"`npm ci` failed in {HERE}:\n{done.stdout}{done.stderr}")
        installed.touch()
    program = os.environ.get("SAYSO_NODE") or _program("node")
    return subprocess.run([program, script, *arguments], cwd=cwd, capture_output=True, text=True)
