"""Servers on loopback: a git repository over HTTP, ZIPs over HTTPS, and what stands for the model."""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

HOST = "skills.example"
"""A name that no one has: an archive's address must not be that of this machine."""

Handler = Callable[..., BaseHTTPRequestHandler]


@contextmanager
def serving(handler: Handler) -> Iterator[str]:
    """Serve on loopback; give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Quiet(BaseHTTPRequestHandler):
    """Says nothing of what it does."""

    def log_message(self, *_: object) -> None:
        """Leave standard error alone."""


class Git(Quiet):
    """Hands requests for a repository below `root` to git's own backend."""

    def __init__(self, root: Path, *given: Any) -> None:  # noqa: ANN401 - what the server gives
        self.root = root
        super().__init__(*given)

    def do_GET(self) -> None:
        """Answer what a clone asks for."""
        asked, body = urlsplit(self.path), self.rfile.read(int(self.headers.get("Content-Length", 0)))
        settled = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": asked.path,
            "QUERY_STRING": asked.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        git = shutil.which("git") or sys.exit("git is not installed")
        done = subprocess.run([git, "http-backend"], input=body, env=settled, capture_output=True, check=True)  # noqa: S603
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().splitlines())
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815 - as above


class Tunnel(SimpleHTTPRequestHandler):
    """A proxy at whose other end, whatever host is asked for, are the files of a folder, over TLS."""

    def __init__(self, tls: ssl.SSLContext, folder: Path, *given: Any) -> None:  # noqa: ANN401 - as above
        self.tls = tls
        super().__init__(*given, directory=str(folder))

    def log_message(self, *_: object) -> None:
        """Leave standard error alone."""

    def do_CONNECT(self) -> None:
        """Be the host, for one request."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        self.connection = self.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        self.handle_one_request()
        self.close_connection = True


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate for the host; return its file, and what serves with it."""
    key, known = folder / "key.pem", folder / "certificate.pem"
    openssl = shutil.which("openssl") or sys.exit("openssl is not installed")
    kind = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}")
    extensions = ("-addext", f"subjectAltName=DNS:{HOST}")
    command = [openssl, *kind, *extensions, "-keyout", str(key), "-out", str(known)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - arguments from here
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(known, key)
    return known, tls


class Model(Quiet):
    """Stands for the model: asks once for the tool `use`, and keeps what it is told of it in `heard`."""

    def __init__(self, use: dict[str, Any], heard: list[str], *given: Any) -> None:  # noqa: ANN401 - as above
        self.use, self.heard = use, heard
        super().__init__(*given)

    def do_POST(self) -> None:
        """Answer a message as a stream of events."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = json.dumps(asked.get("messages"))
        is_told = "tool_result" in said
        if is_told:
            self.heard.append(said)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for event in _events(None if is_told or not asked.get("tools") else self.use):
            self.wfile.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())


def _events(use: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "none", "content": []}
    usage = {"input_tokens": 1, "output_tokens": 1}
    yield {"type": "message_start", "message": message | {"stop_reason": None, "stop_sequence": None, "usage": usage}}
    block = {"type": "tool_use", "id": "toolu_1", **use, "input": {}} if use else {"type": "text", "text": ""}
    yield {"type": "content_block_start", "index": 0, "content_block": block}
    if use:
        delta = {"type": "input_json_delta", "partial_json": json.dumps(use["input"])}
    else:
        delta = {"type": "text_delta", "text": "done"}
    yield {"type": "content_block_delta", "index": 0, "delta": delta}
    yield {"type": "content_block_stop", "index": 0}
    reason = "tool_use" if use else "end_turn"
    yield {"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None}, "usage": usage}
    yield {"type": "message_stop"}
