"""Puts the parts together; nothing else."""

from __future__ import annotations

from flask import Flask

from server import api, web
from server.access import PORT
from server.api.wire import BODY_LIMIT
from server.companion import Companion
from server.store import Store


def create_app(store: Store, port: int = PORT) -> Flask:
    """The companion as a WSGI application on an open store.

    `port` is where it will be served: the Host header is held against it. Raises StrictError where the
    programme in the store cannot be read.
    """
    app = Flask("server", static_folder=None)
    app.config["MAX_FORM_MEMORY_SIZE"] = BODY_LIMIT
    app.extensions["sayso"] = Companion(store, port)
    api.register(app)
    app.register_blueprint(web.blueprint)
    return app
