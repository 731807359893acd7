"""Starting with the person's session, on systems made up for the test: no real session is touched."""

from __future__ import annotations

import json
import os
import plistlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from server import autostart
from server.autostart import System, state, turn_off, turn_on
from server.doctor import examine
from server.trouble import Trouble

PLATFORMS = ("linux", "darwin", "win32")


class Values:
    """A registry in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        return self.values.get(name)

    def write(self, name: str, value: str) -> None:
        self.values[name] = value

    def remove(self, name: str) -> None:
        self.values.pop(name, None)


class Session:
    """A person's session: what was run in it, and what it says to that."""

    def __init__(self, folder: Path, platform: str) -> None:
        self.ran: list[list[str]] = []
        self.refuses: dict[str, str] = {}
        self.folder = folder
        self.values = Values()
        self.system = System(
            platform=platform, python="/opt/sayso/bin/python", home=folder, config=folder / ".config",
            run=self.run, registry=self.values,
        )

    def run(self, command: Sequence[str]) -> tuple[int, str]:
        self.ran.append(list(command))
        for word, said in self.refuses.items():
            if word in command:
                return 1, said
        wanted = self.system.wanted
        if "enable" in command:
            wanted.parent.mkdir(parents=True, exist_ok=True)
            wanted.unlink(missing_ok=True)
            wanted.symlink_to(self.system.unit)
        if "disable" in command:
            wanted.unlink(missing_ok=True)
        return 0, ""

    @property
    def left(self) -> list[Path]:
        """The files in the person's home."""
        return [path for path in self.folder.rglob("*") if path.is_file() or path.is_symlink()]


@pytest.fixture
def session(tmp_path: Path, request: pytest.FixtureRequest) -> Session:
    return Session(tmp_path / "home", getattr(request, "param", "linux"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "my data 100 %"


every_system = pytest.mark.parametrize("session", PLATFORMS, indirect=True)


@every_system
def test_on_and_off_and_nothing_is_left(session: Session, data: Path) -> None:
    assert not state(data, session.system).on
    now = turn_on(data, 7300, False, session.system)
    assert now.on and now.same and now.where
    assert state(data, session.system) == now
    assert turn_on(data, 7297, False, session.system).same  # again, another port: it takes the place
    assert not turn_off(data, session.system).on
    assert session.left == [] and session.values.values == {}
    ran = len(session.ran)
    turn_off(data, session.system)  # off already
    assert len(session.ran) == ran


@every_system
def test_another_folder_or_installation_is_told_apart(session: Session, data: Path) -> None:
    turn_on(data, 7297, True, session.system)
    assert state(data, session.system).same
    assert not state(data / "other", session.system).same
    moved = System(**{**session.system.__dict__, "python": "/elsewhere/python"})
    assert state(data, moved).on and not state(data, moved).same


def test_the_unit_starts_this_installation_and_gives_up_where_it_is_of_no_use(session: Session, data: Path) -> None:
    turn_on(data, 7300, False, session.system)
    text = session.system.unit.read_text()
    words = str(data).replace("%", "%%")
    assert f'ExecStart="/opt/sayso/bin/python" "-P" "-m" "server.cli" "serve" "--data" "{words}" "--port" "7300"\n' in text
    assert "RestartPreventExitStatus=2" in text and "WantedBy=default.target" in text
    assert "StandardOutput=null" in text  # a pairing code is not for the journal
    assert session.ran[1:] == [
        ["systemctl", "--user", "daemon-reload"], ["systemctl", "--user", "enable", "--now", "sayso.service"],
    ]


@pytest.mark.parametrize("session", ["darwin"], indirect=True)
def test_the_agent_starts_this_installation(session: Session, data: Path) -> None:
    turn_on(data, 7300, False, session.system)
    agent = plistlib.loads(session.system.agent.read_bytes())
    assert agent["ProgramArguments"] == autostart.command(session.system, data, 7300)
    assert agent["RunAtLoad"] is True and agent["KeepAlive"] == {"Crashed": True}
    assert session.ran[-1] == ["launchctl", "bootstrap", f"gui/{os.getuid()}", str(session.system.agent)]


@pytest.mark.parametrize("session", ["win32"], indirect=True)
def test_the_run_key_starts_this_installation_without_a_window(session: Session, data: Path, tmp_path: Path) -> None:
    for name in ("python.exe", "pythonw.exe"):
        (tmp_path / name).touch()
    system = System(**{**session.system.__dict__, "python": str(tmp_path / "python.exe")})
    turn_on(data, 7300, False, system)
    [written] = session.values.values.values()
    assert written == subprocess.list2cmdline(autostart.command(system, data, 7300))
    assert "pythonw.exe" in written and f'"{data}"' in written and session.ran == []


@pytest.mark.parametrize("session", ["linux", "darwin"], indirect=True)
def test_a_companion_that_runs_already_is_not_started_twice(session: Session, data: Path) -> None:
    turn_on(data, 7297, True, session.system)
    assert not any("--now" in command or "bootstrap" in command for command in session.ran)


@pytest.mark.parametrize(
    ("session", "refused", "said"),
    [
        ("linux", "show-environment", "there is no systemd session"),
        ("linux", "enable", "systemd did not take the unit"),
        ("darwin", "bootstrap", "launchd did not take the agent"),
    ],
    indirect=["session"],
)
def test_a_system_that_refuses_is_told_with_what_helps_and_nothing_is_left(
    session: Session, data: Path, refused: str, said: str
) -> None:
    session.refuses[refused] = "first line\nFailed to connect to bus"
    with pytest.raises(Trouble, match=rf"{said}.*\(Failed to connect to bus\)\. Start the companion yourself with: sayso serve"):
        turn_on(data, 7297, False, session.system)
    assert session.left == []


@pytest.mark.parametrize("session", ["freebsd14"], indirect=True)
def test_a_system_that_is_not_known_is_told(session: Session, data: Path) -> None:
    assert state(data, session.system).kind is None
    with pytest.raises(Trouble, match="on freebsd14 is not known to Sayso"):
        turn_on(data, 7297, False, session.system)
    assert not turn_off(data, session.system).on


def test_off_works_without_a_session_to_speak_to(session: Session, data: Path) -> None:
    turn_on(data, 7297, False, session.system)
    session.refuses["disable"] = "Failed to connect to bus"
    assert not turn_off(data, session.system).on
    assert session.left == []


def test_a_program_that_is_not_there_is_one_clear_line() -> None:
    status, said = autostart._run(["no-such-program-of-ours"])
    assert status == 127 and "no-such-program-of-ours" in said


def test_doctor_offers_it(session: Session, data: Path) -> None:
    [line] = [each for each in examine(data, session.system) if "log in" in each["what"]]
    assert line == {"ok": False, "what": "the companion does not start when you log in", "do": "sayso autostart on"}
    turn_on(data, 7297, False, session.system)
    [line] = [each for each in examine(data, session.system) if "log in" in each["what"]]
    assert line["ok"] and line["do"] == ""


def test_the_command_tells_the_state_and_touches_nothing(data: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    command = [sys.executable, "-m", "server.cli", "autostart", "--data", str(data)]
    told = subprocess.run([*command, "--json"], capture_output=True, text=True, env=environment, timeout=60)
    assert told.returncode == 0 and set(json.loads(told.stdout)) == {"kind", "on", "same", "where"}
    assert subprocess.run([*command, "perhaps"], capture_output=True, env=environment, timeout=60).returncode == 2
    assert not (tmp_path / "home").exists() and not (tmp_path / "config").exists() and not data.exists()
