"""One kernel and the cells that are sent to it, one after the other."""

import asyncio
import os
import sys
import uuid
from contextlib import suppress
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

from autograder.sandbox.provisioner import ConfinedProvisioner, environment

MAX_OUTPUT = 10_000_000                 # bytes that one cell may print or show
MAX_MESSAGES = 20_000
MAX_MESSAGE = 64_000_000                # bytes of one message; a longer one is not read at all
START_SECONDS = 120


class Ended(Exception):
    """A cell did not end well: `how` is "timeout" or "crashed", `why` a reason where one is known."""

    def __init__(self, how: str, why: str = ""):
        super().__init__(f"{how}: {why}" if why else how)
        self.how = how


class ThisPython(KernelSpecManager):
    """Knows one kernel: this interpreter's, whatever is installed and whatever a notebook asks for."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], language="python")


class Session:
    """An asynchronous context manager around one kernel. `sandbox` is the tier that is in force."""

    def __init__(self, tier: str, folder: Path):
        """folder: the files that the kernel gets; where it works if tier is "none"."""
        self.tier, self.folder, self.sandbox = tier, folder, "none"

    async def __aenter__(self) -> "Session":
        self.manager = AsyncKernelManager(kernel_id=str(uuid.uuid4()), kernel_spec_manager=ThisPython(),
                                          connection_file=str(self.folder / ".connection.json"))
        self.provisioner = ConfinedProvisioner(kernel_id=self.manager.kernel_id, kernel_spec=self.manager.kernel_spec,
                                               parent=self.manager, always=True, tier=self.tier)
        self.manager.provisioner = self.provisioner
        if self.tier == "none" and os.name == "posix":      # sockets in our own folder, not ports that others can reach
            self.manager.transport, self.manager.ip = "ipc", str(self.folder / ".k")
        try:
            await self.manager.start_kernel(env=unconfined(self.folder), cwd=str(self.folder))
            self.sandbox = self.provisioner.force
            self.client = self.manager.client()
            self.client.start_channels(stdin=False, hb=False, control=False)
            for channel in (self.client.shell_channel, self.client.iopub_channel):
                channel.socket.maxmsgsize = MAX_MESSAGE
            self.dead = asyncio.ensure_future(self.provisioner.wait())
            await self._either(self._connected(), START_SECONDS)
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_) -> None:
        if hasattr(self, "dead"):
            self.dead.cancel()
        if hasattr(self, "client"):
            self.client.stop_channels()
        with suppress(RuntimeError):
            await self.manager.shutdown_kernel(now=True)

    async def run(self, code: str, seconds: float) -> tuple[list[NotebookNode], int | None]:
        """Run code; returns its outputs and its number. Raises Ended: afterwards the kernel is of no use."""
        gathered = Gathered()
        await self._either(self.client.execute_interactive(
            code, allow_stdin=False, stop_on_error=False, timeout=seconds, output_hook=gathered.take), seconds + 1)
        return gathered.outputs, gathered.number

    async def _connected(self) -> None:
        """Wait until replies and outputs come through."""
        while True:
            self.client.kernel_info()
            await self.client.get_shell_msg(timeout=START_SECONDS)
            with suppress(Exception):           # empty: the subscription took longer than the reply
                await self.client.get_iopub_msg(timeout=0.1)
                return

    async def _either(self, work, seconds: float) -> None:
        """Await work, the kernel's death or the end of the time, whichever comes first."""
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait({task, self.dead}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
            elif self.dead.done():
                raise Ended("crashed", self.provisioner.why)
            else:
                raise Ended("timeout")
        except Ended:
            raise
        except TimeoutError:
            raise Ended("timeout") from None
        except Exception as error:      # its messages are a stranger's, and need not be messages at all
            raise Ended("crashed", "the kernel's messages cannot be read") from error
        finally:
            task.cancel()
            with suppress(BaseException):
                await task


class Gathered:
    """What a cell shows, as notebook outputs; counted while it comes."""

    def __init__(self):
        self.outputs: list[NotebookNode] = []
        self.number: int | None = None
        self.size = self.messages = 0

    def take(self, message: dict) -> None:
        """Add one message of the kernel's. Raises: Ended for a flood."""
        kind, content = message.get("msg_type"), message.get("content")
        self.messages += 1
        self.size += size(content)
        if self.size > MAX_OUTPUT or self.messages > MAX_MESSAGES:
            raise Ended("crashed", f"it printed or showed more than {MAX_OUTPUT // 1_000_000} MB")
        if kind == "execute_input" and isinstance(content.get("execution_count"), int):
            self.number = content["execution_count"]
        elif kind == "clear_output":
            self.outputs.clear()
        elif kind in ("stream", "display_data", "execute_result", "error"):
            with suppress(Exception):           # misshapen, so not from IPython: no output
                self._add(output_from_msg(message))

    def _add(self, output: NotebookNode) -> None:
        if output.output_type == "stream":
            for old in self.outputs:
                if old.output_type == "stream" and old.name == output.name:
                    old.text += output.text
                    return
        self.outputs.append(output)


def size(value) -> int:
    """About how many bytes a message's content has."""
    if isinstance(value, dict):
        return sum(len(str(k)) + size(v) for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return sum(map(size, value))
    return len(value) if isinstance(value, (str, bytes)) else 8


def unconfined(scratch: Path) -> dict[str, str]:
    """The environment of a kernel without a sandbox: what it needs to start and to ask."""
    kept = {k: v for k, v in os.environ.items()
            if k in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV", "AUTOGRADER_ASSIGNMENTS")
            or k.startswith(("OPENBLAS_", "OMP_"))}
    return kept | environment({"NBGRADER_EXECUTION": "autograde"}) | {
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent), "IPYTHONDIR": str(scratch / ".ipython")}
