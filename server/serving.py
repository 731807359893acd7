"""Serving the companion with waitress, from start to a clean end."""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from server import clock, programme
from server.access import RUNNING, typed
from server.trouble import Trouble

THREADS = 4
# A browser keeps up to 256 open, to names of this computer too: a page that has them opened must not keep us from being
# reached. Windows' select takes 512.
CONNECTIONS = 500


def serve(folder: Path, port: int, as_json: bool = False, by_meaning: bool = True) -> None:
    """Serve the companion on 127.0.0.1 until it is told to stop.

    Prints `pages: URL` and `pairing code: CODE`, or one JSON object with both. A folder without a programme gets
    the sample one. With the extra `semantic`, suggestions go `by_meaning` too. Raises Trouble where the folder or the port
    is taken.
    """
    gc.disable()  # what is loaded now stays; looking through it for waste again and again took a tenth of the start
    from waitress import create_server

    from server.api.limits import channel
    from server.api.security import PAGES_HOST
    from server.app import create_app
    from server.feed.refresher import Refresher
    from server.shares.retention import Retention
    from server.store import Store, StoreError
    from server.suggest import meaning

    _glibc("mallopt", -8, 1)  # M_ARENA_MAX: one heap for all threads, of which Python runs one at a time anyway; 1 MB less
    _make_room(CONNECTIONS + 100)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        store = Store.open(folder)
    except StoreError as error:
        raise Trouble(str(error)) from None
    try:
        app = create_app(store, port)
        here = app.extensions["sayso"]
        for notice in store.notices:
            print(f"notice: {notice}", file=sys.stderr, flush=True)
        try:
            server = create_server(app, host="127.0.0.1", port=port, threads=THREADS, connection_limit=CONNECTIONS, ident=None)
        except OSError:
            raise Trouble(f"port {port} is taken by {_who_holds(port)}. Stop it, or choose another port with --port") from None
        server.channel_class = channel(here)  # which bounds every request's body
        here.port = int(server.effective_port)
        if store.programme() is None:
            here.use_programme(str(programme.SAMPLE))
        code, _ = here.codes.fresh()
        code = typed(code, here.port)
        pages = f"http://{PAGES_HOST}:{here.port}/enter?key={here.pages.link_key()}"
        record = folder / RUNNING
        started_at = clock.stamp()

        def tell_commands() -> None:
            _write_private(record, {
                "address": f"http://127.0.0.1:{here.port}",
                "port": here.port,
                "secret": here.secret,
                "key": store.health_key(),
                "pid": os.getpid(),
                "started_at": started_at,
            })

        tell_commands()
        # Erasing makes a new key: without this, no command would find the companion that still runs.
        here.on_erase.append(tell_commands)
        refresher, retention = Refresher(store, lambda _store, id: here.refresh(id)), Retention(store)
        retention.round()
        try:
            # Before the first word: whoever reads it may end us at once.
            for name in ("SIGTERM", "SIGBREAK"):
                if hasattr(signal, name):
                    signal.signal(getattr(signal, name), _interrupt)
            if as_json:
                print(json.dumps({"pages": pages, "pairing_code": code, "port": here.port}), flush=True)
            else:
                print(f"pages: {pages}\npairing code: {code}", flush=True)
            _glibc("malloc_trim", 0)  # 3 MB that the start used, with a long history
            # Else a search, which makes thousands of small objects, has all that is loaded looked through: 45 ms now and then.
            gc.freeze()
            gc.enable()
            refresher.start()
            retention.start()
            here.suggestions.serve(meaning.Meaning(folder) if by_meaning and meaning.available() else None)
            server.run()  # returns at Ctrl-C, requests under way answered first
        except KeyboardInterrupt:
            pass  # before it ran
        finally:
            if here.suggestions.meaning:
                here.suggestions.meaning.close()
            refresher.stop()
            retention.stop()
            record.unlink(missing_ok=True)
            server.close()
    finally:
        store.close()


def _glibc(call: str, *numbers: int) -> None:
    """Ask glibc, which otherwise takes more memory than we need, for something; elsewhere nothing is done."""
    if sys.platform == "linux":
        import ctypes

        libc = ctypes.CDLL(None)
        if hasattr(libc, "gnu_get_libc_version"):
            getattr(libc, call)(*numbers)


def _make_room(files: int) -> None:
    """Let this process hold so many open, connections among them, where the system starts it with fewer (macOS: 256)."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files if hard == resource.RLIM_INFINITY else min(files, hard), hard))


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _write_private(path: Path, content: dict[str, Any]) -> None:
    """Write a file that only its owner can read, never readable for a moment before."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file)
    os.replace(beside, path)


def _who_holds(port: int) -> str:
    import httpx

    try:
        reply = httpx.get(f"http://127.0.0.1:{port}/api/v1/health", timeout=2, trust_env=False)
        if reply.json().get("app") == "sayso":
            return "another Sayso companion, with another data folder"
    except (httpx.HTTPError, ValueError, AttributeError):
        pass
    return "another program"


