"""While a long piece of work lasts, tell on a terminal how far it has come."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from server.trouble import Trouble

if TYPE_CHECKING:
    from server.client import Client

_LOOK_SECONDS = 1.0


@contextmanager
def ticking(client: Client, path: str, words: Callable[[Any], str]) -> Iterator[None]:
    """Ask `path` each second how far it is, and print its `words` to standard error wherever they have changed.

    Nothing is printed where standard error is no terminal.
    """
    ended = threading.Event()

    def tell() -> None:
        last = ""
        while not ended.wait(_LOOK_SECONDS):
            try:
                now = words(client.call("GET", path))
            except Trouble:
                return  # the work itself will say what is wrong
            if now and now != last:
                click.echo(now, err=True)
                last = now

    teller = threading.Thread(target=tell, name="ticker", daemon=True)
    if sys.stderr.isatty():
        teller.start()
    try:
        yield
    finally:
        ended.set()
        if teller.ident is not None:
            teller.join()
