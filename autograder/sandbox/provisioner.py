"""How Jupyter's own tools get a confined kernel: a kernel provisioner, found by its entry point.

It confines every Python kernel that runs a submission: those that `autograder` asks for, and those
that nbgrader starts while it grades or validates. Any other kernel is started as usual.
"""

import asyncio
import os
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from traitlets import Bool, Unicode

from autograder.sandbox import tiers, warm
from autograder.submission import files_beside

NAME = "autograder"                     # the entry point
GRADING = ("NBGRADER_EXECUTION", "NBGRADER_VALIDATING")


class ConfinedProvisioner(LocalProvisioner):
    """Starts a kernel in the sandbox, by a fork of this process's nursery."""

    always = Bool(False, help="confine this kernel whatever the environment says").tag(config=True)
    tier = Unicode("", help="the sandbox to use; the best that works where empty").tag(config=True)

    kernel: warm.Kernel | None = None
    folder: Path | None = None
    force = "none"                      # the tier that is in force

    @property
    def has_process(self) -> bool:
        return self.kernel is not None or super().has_process

    @property
    def why(self) -> str:
        """Why the kernel was ended by its keeper; empty where it was not."""
        return (self.kernel.why if self.kernel else None) or ""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        given = kwargs.get("env") or os.environ
        if self.always or any(name in given for name in GRADING):
            self.force = tiers.choose(self.tier or None)
        if self.force != "none":
            language = self.kernel_spec.language or "python"
            if language.lower() != "python":
                raise RuntimeError(f"a kernel for {language} cannot be confined; this notebook was not run")
            self.folder = await asyncio.to_thread(self._new_folder)
            self.parent.transport, self.parent.ip = "ipc", str(self.folder / "k")
        return await super().pre_launch(**kwargs)

    def _new_folder(self) -> Path:
        return warm.nursery(self.force).new_folder()

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict:
        if self.force == "none":
            return await super().launch_kernel(cmd, **kwargs)
        connection = {k: v.decode() if isinstance(v, bytes) else v for k, v in self.connection_info.items()}
        given = kwargs.get("env") or {}
        start = {"connection": connection, "environment": environment({k: given[k] for k in GRADING if k in given})}
        # `nbgrader validate` goes to the notebook's folder and says nothing of it.
        folder = kwargs.get("cwd") or (os.getcwd() if (given or os.environ).get("NBGRADER_EXECUTION") == "validate" else None)
        files = files_beside(Path(folder)) if folder else {}
        self.kernel = await asyncio.to_thread(warm.nursery(self.force).kernel, self.folder, start, files)
        if not await asyncio.to_thread(self.kernel.wait_ready):
            why = self.kernel.why or "it did not answer"
            await self.kill()
            raise RuntimeError(f"the confined kernel did not start: {why}")
        return self.connection_info

    async def poll(self) -> int | None:
        if self.kernel is None:
            return await super().poll()
        return 1 if self.kernel.ended else None

    async def wait(self) -> int | None:
        if self.kernel is None:
            return await super().wait()
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        if not self.kernel.ended:       # its link is readable when it has ended
            loop.add_reader(self.kernel.link, ended.set)
            try:
                while not self.kernel.ended:
                    await ended.wait()
                    ended.clear()
            finally:
                loop.remove_reader(self.kernel.link)
        return 1

    async def send_signal(self, signum: int) -> None:
        if self.kernel is None:
            await super().send_signal(signum)
        elif signum == 2:
            self.kernel.interrupt()
        elif signum:
            await self.kill()

    async def kill(self, restart: bool = False) -> None:
        if self.kernel is None:
            await super().kill(restart)
        else:
            self.kernel.end()

    async def terminate(self, restart: bool = False) -> None:
        await (self.kill if self.kernel else super().terminate)(restart)

    async def cleanup(self, restart: bool = False) -> None:
        if self.kernel is not None:
            self.kernel.end()
        await super().cleanup(restart)


def register() -> None:
    """Let Jupyter find this provisioner also where the package's entry points are not installed."""
    known = KernelProvisionerFactory.instance().provisioners
    known.setdefault(NAME, EntryPoint(NAME, f"{__name__}:ConfinedProvisioner", KernelProvisionerFactory.GROUP_NAME))


def environment(grading: dict[str, str]) -> dict[str, str]:
    """A confined kernel's environment: it asks only, since no reference is in its reach."""
    return grading | {"PATH": os.path.dirname(sys.executable), "LANG": "C.UTF-8", "AUTOGRADER_ASK_ONLY": "1", "JAX_PLATFORMS": "cpu",
                      "MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYTHONDONTWRITEBYTECODE": "1"}
