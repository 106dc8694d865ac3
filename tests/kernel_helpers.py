"""A notebook kernel that a test sits at: it runs cells, answers what they ask, and reads what they print."""

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

SECONDS = 300                           # only against a test that would never end


@contextmanager
def kernel(folder: Path, python: str = sys.executable, **variables: str):
    """Start a kernel that works in a folder; gives a function that runs code, with answers, and returns what it printed.

    python: its interpreter; variables: added to its environment.
    """
    spec = folder / ".kernels" / "student" / "kernel.json"
    spec.parent.mkdir(parents=True, exist_ok=True)
    spec.write_text(json.dumps({"argv": [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"], "display_name": "s", "language": "python"}))
    manager = KernelManager(kernel_name="student", kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(spec.parent.parent)]))
    env = {k: v for k, v in os.environ.items() if not k.startswith(("AUTOGRADER_ASK", "JPY_", "PYTHONPATH"))}
    manager.start_kernel(cwd=str(folder), env=env | {"JAX_PLATFORMS": "cpu", "IPYTHONDIR": str(spec.parent)} | variables)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=SECONDS)
        yield lambda code, *answers, sits=True: run(client, code, list(answers), sits)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(client, code: str, answers: list[str], sits: bool) -> str:
    """Run code in a kernel; what it asks is answered in turn. sits: whether anybody sits at it to be asked."""
    said: list[str] = []

    def show(message):
        content = message["content"]
        if message["msg_type"] == "error":
            said.append(f"{content['ename']}: {content['evalue']}")
        elif message["msg_type"] in ("stream", "execute_result"):
            said.append(content.get("text") or content["data"]["text/plain"])

    def answer(message):
        said.append(f"[{message['content']['prompt']}]\n")
        client.input(answers.pop(0))

    client.execute_interactive(code, allow_stdin=sits, store_history=True, timeout=SECONDS, output_hook=show,
                               stdin_hook=answer if sits else None)
    assert not answers, f"nobody asked for {answers}"
    return "".join(said)
