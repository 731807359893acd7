"""Starting the companion with the person's session: a systemd user unit, a launchd agent, or Windows' Run key.

One small file or value a system, in the person's own account: no administrator is asked, nothing of the system's is
changed. What a system is and how it is spoken to comes from outside (`System`), so that tests touch no real session.
"""

from __future__ import annotations

import os
import plistlib
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from server.trouble import Trouble

UNIT = "sayso.service"
AGENT = "sayso.companion"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
RUN_NAME = "Sayso"

# Status 2 tells that folder or port is taken: trying again would not help.
_UNIT_TEXT = """[Unit]
Description=Sayso's companion

[Service]
ExecStart={command}
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=2
StandardOutput=null

[Install]
WantedBy=default.target
"""


class Registry(Protocol):
    """The values below the person's own Run key."""

    def read(self, name: str) -> str | None: ...

    def write(self, name: str, value: str) -> None: ...

    def remove(self, name: str) -> None: ...


class RunKey:
    """Windows' own."""

    def read(self, name: str) -> str | None:
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
                return str(winreg.QueryValueEx(key, name)[0])
        except FileNotFoundError:
            return None

    def write(self, name: str, value: str) -> None:
        import winreg

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
            winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)

    def remove(self, name: str) -> None:
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY, 0, winreg.KEY_SET_VALUE) as key:
                winreg.DeleteValue(key, name)
        except FileNotFoundError:
            pass


def _run(command: Sequence[str]) -> tuple[int, str]:
    """Exit status and output of one of the system's own programs; 127 where there is no such program."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=30)
    except (OSError, subprocess.TimeoutExpired) as error:
        return 127, f"{command[0]}: {error}"
    return done.returncode, done.stdout.strip()


@dataclass(frozen=True)
class System:
    """The system that the companion runs on, as far as starting things concerns it."""

    platform: str = sys.platform
    python: str = sys.executable
    home: Path = field(default_factory=Path.home)
    config: Path = field(default_factory=lambda: Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"))
    run: Callable[[Sequence[str]], tuple[int, str]] = _run
    registry: Registry = field(default_factory=RunKey)

    @property
    def kind(self) -> str | None:
        """`systemd`, `launchd` or `run key`; None where none of them is known to be."""
        if self.platform == "win32":
            return "run key"
        if self.platform == "darwin":
            return "launchd"
        return "systemd" if self.platform.startswith("linux") else None

    @property
    def unit(self) -> Path:
        return self.config / "systemd" / "user" / UNIT

    @property
    def wanted(self) -> Path:
        """The link that systemd makes for a unit that starts with the session."""
        return self.unit.parent / "default.target.wants" / UNIT

    @property
    def agent(self) -> Path:
        return self.home / "Library" / "LaunchAgents" / f"{AGENT}.plist"


@dataclass(frozen=True)
class State:
    """`on`: the session starts a companion; `same`: it is this installation's, on this folder; `where` it is written."""

    kind: str | None
    on: bool
    same: bool
    where: str


def command(system: System, folder: Path, port: int) -> list[str]:
    """How this installation's companion is started on a folder."""
    python = Path(system.python)
    windowless = python.with_name("pythonw.exe")
    if system.kind == "run key" and windowless.exists():
        python = windowless
    # -P: a folder `server` where the session happens to start it must not be taken for ours.
    return [str(python), "-P", "-m", "server.cli", "serve", "--data", str(folder.absolute()), "--port", str(port)]


def _unit_text(words: list[str]) -> str:
    def quoted(word: str) -> str:
        return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$") + '"'

    return _UNIT_TEXT.format(command=" ".join(map(quoted, words)))


def _agent_text(words: list[str]) -> str:
    # Brought back after a crash alone: one that ended because folder or port is taken would only end again.
    content = {"Label": AGENT, "ProgramArguments": words, "RunAtLoad": True, "KeepAlive": {"Crashed": True}}
    return plistlib.dumps(content).decode()


def state(folder: Path, system: System | None = None) -> State:
    """What is set up now; asks no other program."""
    system = system or System()
    kind = system.kind
    if kind == "systemd":
        written, where = _read(system.unit) if system.wanted.is_symlink() else None, str(system.unit)
    elif kind == "launchd":
        written, where = _read(system.agent), str(system.agent)
    elif kind == "run key":
        written, where = system.registry.read(RUN_NAME), rf"HKEY_CURRENT_USER\{RUN_KEY}"
    else:
        return State(None, False, False, "")
    same = written is not None and _portless(written) == _portless(_text(system, folder, 0))
    return State(kind, written is not None, same, where)


def _portless(text: str) -> str:
    """The port is the person's to choose: whichever it is, it is the same companion."""
    return re.sub(r"(--port\D{1,40}?)\d+", r"\1", text)


def _text(system: System, folder: Path, port: int) -> str:
    words = command(system, folder, port)
    return {"systemd": _unit_text, "launchd": _agent_text, "run key": subprocess.list2cmdline}[str(system.kind)](words)


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def words(now: State) -> str:
    """The state in words."""
    if now.kind is None:
        return "how programs start with a session on this system is not known to Sayso"
    if not now.on:
        return "the companion does not start when you log in"
    if not now.same:
        return f"a companion of another installation or data folder starts when you log in ({now.where})"
    return "the companion starts when you log in"


def turn_on(folder: Path, port: int, running: bool, system: System | None = None) -> State:
    """Have the companion start with the session, and now unless one is `running`. Raises Trouble where that cannot be."""
    system = system or System()
    text = _text(system, folder, port) if system.kind else ""
    if system.kind == "systemd":
        _systemctl_there(system)
        _write(system.unit, text)
        now = [] if running else ["--now"]
        for arguments in (["daemon-reload"], ["enable", *now, UNIT]):
            status, said = system.run(["systemctl", "--user", *arguments])
            if status:
                system.unit.unlink(missing_ok=True)
                raise Trouble(f"systemd did not take the unit ({_last_line(said)}). {_by_hand()}")
    elif system.kind == "launchd":
        _write(system.agent, text)
        if not running:
            system.run(["launchctl", "bootout", f"gui/{_uid()}/{AGENT}"])  # an earlier one, if there is any
            status, said = system.run(["launchctl", "bootstrap", f"gui/{_uid()}", str(system.agent)])
            if status:
                system.agent.unlink(missing_ok=True)
                raise Trouble(f"launchd did not take the agent ({_last_line(said)}). {_by_hand()}")
    elif system.kind == "run key":
        try:
            system.registry.write(RUN_NAME, text)
        except OSError as error:
            raise Trouble(f"the Run key cannot be written ({error.strerror}). {_by_hand()}") from None
    else:
        raise Trouble(f"how programs start with a session on {system.platform} is not known to Sayso. {_by_hand()}")
    return state(folder, system)


def turn_off(folder: Path, system: System | None = None) -> State:
    """No longer start with the session. What the session itself has started ends; a companion started by hand does not."""
    system = system or System()
    if system.kind == "systemd" and (system.unit.exists() or system.wanted.is_symlink()):
        status, said = system.run(["systemctl", "--user", "disable", "--now", UNIT])
        # Without a session to speak to, what starts it is a file and a link all the same.
        system.wanted.unlink(missing_ok=True)
        system.unit.unlink(missing_ok=True)
        if status == 0:
            system.run(["systemctl", "--user", "daemon-reload"])
    elif system.kind == "launchd" and system.agent.exists():
        system.run(["launchctl", "bootout", f"gui/{_uid()}/{AGENT}"])
        system.agent.unlink(missing_ok=True)
    elif system.kind == "run key":
        system.registry.remove(RUN_NAME)
    return state(folder, system)


def _systemctl_there(system: System) -> None:
    status, said = system.run(["systemctl", "--user", "show-environment"])
    if status:
        raise Trouble(f"there is no systemd session for you on this system ({_last_line(said)}). {_by_hand()}")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise Trouble(f"{path} cannot be written ({error.strerror}). {_by_hand()}") from None


def _by_hand() -> str:
    return "Start the companion yourself with: sayso serve"


def _last_line(said: str) -> str:
    return said.splitlines()[-1].strip() if said.strip() else "it gave no reason"


def _uid() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0
