"""The two commands of the README, as far as they can be tried without installing anew."""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from server.commands import data_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch) -> Any:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_dev_needs_the_standard_library_alone() -> None:
    # -S hides everything installed, -I the checkout itself.
    result = subprocess.run([sys.executable, "-I", "-S", ROOT / "dev.py", "--help"], capture_output=True, text=True, timeout=30)
    assert result.returncode == 0, result.stderr
    assert "python3 dev.py run --tour" in result.stdout


def test_python_without_venv_is_one_clear_line(dev: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path / "venv")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "venv" / "python")
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(sys, "argv", ["dev.py", "setup"])
    assert dev.main() == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and f"apt install python3.{sys.version_info.minor}-venv" in said


def test_chromium_that_is_named_must_be_there(dev: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(dev.Stop, match="SAYSO_CHROMIUM names /nowhere/chromium"):
        dev.chromium()


def test_chromium_is_looked_for_in_the_promised_order(dev: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    programs = {}
    for name in ("named", "installed", "playwrights", "debians"):
        programs[name] = tmp_path / name
        programs[name].write_text("#!/bin/sh\n")
        programs[name].chmod(0o755)
    have = {"chromium": str(programs["installed"])}
    calls: list[str] = []
    monkeypatch.setattr(dev.shutil, "which", lambda name: have.get(name) or (name if Path(name).is_absolute() and Path(name).exists() else None))
    monkeypatch.setattr(dev, "playwright_chromium", lambda: have.get("playwright"))

    def runs(command: list[Any], **_: Any) -> subprocess.CompletedProcess[str]:
        calls.append("playwright" if "playwright" in map(str, command) else str(command[0]))
        return subprocess.CompletedProcess(command, 1, "", "")

    def quietly(command: list[str], *_: Any, **__: Any) -> str:
        calls.append(" ".join(command[:2]))
        if command[1] == "install":
            have["chromium"] = str(programs["debians"])
        return ""

    monkeypatch.setattr(dev.subprocess, "run", runs)
    monkeypatch.setattr(dev, "quiet", quietly)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)

    monkeypatch.setenv("SAYSO_CHROMIUM", str(programs["named"]))
    assert dev.chromium() == str(programs["named"])
    monkeypatch.delenv("SAYSO_CHROMIUM")
    assert dev.chromium() == str(programs["installed"])
    del have["chromium"]
    have["playwright"] = str(programs["playwrights"])
    assert dev.chromium() == str(programs["playwrights"])
    assert calls == []
    del have["playwright"]
    have["apt-get"] = "apt-get"
    assert dev.chromium() == str(programs["debians"])
    assert calls == ["playwright", "apt-get update", "apt-get install"]
    del have["chromium"], have["apt-get"]
    with pytest.raises(dev.Stop, match="SAYSO_CHROMIUM="):
        dev.chromium()


def test_the_browsers_profile_lies_where_the_commands_keep_the_data(dev: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAYSO_DATA", raising=False)
    assert dev.default_data() == str(data_folder())


def test_run_without_a_display_says_what_to_do_by_hand_and_serves(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment |= {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    command = [sys.executable, ROOT / "dev.py", "run", "--port", "0", "--data", tmp_path / "data"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, start_new_session=True)
    try:
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C ends it" in line:
                break
        assert (tmp_path / "data" / "companion.json").exists()
        assert "http://sayso.localhost:" in said and "pairing code" in said
        assert "python3 dev.py sayso autostart on" in said
        # Once more, as where the session has started it: what runs is used, and goes on.
        again = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
        assert again.returncode == 0, again.stderr
        assert "A companion runs already." in again.stdout and "It goes on without this command." in again.stdout
        assert re.search(r"pairing code: \d+-[A-Z2-7]{4}-[A-Z2-7]{4}\n", again.stdout)
        assert (tmp_path / "data" / "companion.json").exists()
        assert "Load unpacked" in said and str(ROOT / "extension") in said and "there is no display" in said
        os.killpg(process.pid, signal.SIGINT)  # as a terminal sends Ctrl-C: to all of them
        said += process.stdout.read()
        assert process.wait(timeout=30) == 0
        assert "Traceback" not in said
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    assert not (tmp_path / "data" / "companion.json").exists()


def test_what_a_person_is_told_to_type_names_their_folder_and_works_from_where_they_are(
    dev: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SAYSO_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    named = argparse.Namespace(data="my data")
    assert dev.by_hand(named, "pair") == "python3 dev.py sayso pair --data 'my data'"
    assert dev.data_option(named) == ["--data", str(tmp_path / "my data")]
    usual = argparse.Namespace(data=None)
    assert dev.by_hand(usual, "autostart", "on") == "python3 dev.py sayso autostart on"
    assert dev.data_option(usual) == []
    monkeypatch.setenv("SAYSO_DATA", "set")
    assert dev.data_option(usual) == ["--data", str(tmp_path / "set")]


def test_told_to_stop_it_ends_the_companion_that_it_started(dev: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    companion = object()
    ended: list[object] = []
    monkeypatch.setattr(dev, "install", lambda names: None)
    monkeypatch.setattr(dev, "start_companion", lambda options: (companion, {"pages": "http://…", "pairing_code": "ABCD-EFGH"}))
    monkeypatch.setattr(dev, "ask_sayso", lambda options, *words: None)
    monkeypatch.setattr(dev, "open_chromium", lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    monkeypatch.setattr(dev, "end", ended.append)
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert dev.run(argparse.Namespace(data=None, port=7297)) == 0
    finally:
        signal.signal(signal.SIGTERM, before)
    assert ended == [companion]
