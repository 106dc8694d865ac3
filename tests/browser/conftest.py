"""What a browser test may ask for: the built site behind a local server, and a page of headless Chromium."""

import functools
import http.server
import threading

import pytest


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def handle(self):
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):     # the browser turned to another page
            pass


@pytest.fixture(scope="session")
def serve():
    """Return a function that serves a folder while the session lasts; it returns the address, without a slash at its end."""
    servers = []

    def serve_(folder) -> str:
        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=folder)))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield serve_
    for server in servers:
        server.shutdown()


@pytest.fixture(scope="session")
def address(site, serve):
    """The address of the built site."""
    return serve(site)


class Troubles(list):
    """What went wrong on a page: script errors, console errors, failed loads, requests to other hosts."""

    def watch(self, page, address: str):
        page.on("pageerror", lambda error: self.append(f"script error: {error}"))
        page.on("console", lambda m: self.append(f"console: {m.text}") if m.type == "error" else None)
        # A load is aborted where the reader, or a test, turns to another page meanwhile.
        page.on("requestfailed", lambda r: None if r.failure == "net::ERR_ABORTED" else
                self.append(f"not loaded: {r.url} ({r.failure})"))
        page.on("response", lambda r: self.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else
                self.append(f"request to another host: {r.url}"))


@pytest.fixture
def open_page(chromium, address):
    """Return a function that opens a page of the site, such as "book/index.html", in a window of its own.

    It takes `dark=True` and `width=390` (CSS pixels). The page has `.troubles`, which must stay empty; a
    test that expects a trouble removes it. What a page stores stays within one call.
    """
    contexts, troubles = [], []

    def open_(path: str, *, dark: bool = False, width: int = 1280, height: int = 900, offline: bool = False):
        context = chromium.new_context(color_scheme="dark" if dark else "light",
                                       viewport={"width": width, "height": height})
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.troubles = Troubles()
        page.troubles.watch(page, address)
        troubles.append(page.troubles)
        page.goto(f"{address}/{path}", wait_until="load")
        context.set_offline(offline)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [trouble for found in troubles for trouble in found] == []
