"""A dask.distributed cluster whose workers execute submissions. An optional extra of the package.

The workers have to be as this process is: the same grader, the same versions, a working sandbox.
"""

import asyncio
import logging
import platform
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from importlib.metadata import version

from autograder import course
from autograder.errors import UserError
from autograder.sandbox import tiers

CONNECT_SECONDS = 10
LOST_SECONDS = 60                       # without a worker, before the run is given up
PACKAGES = ("jax", "jaxlib", "numpy", "ipykernel")
REMEDY = "Install this checkout and its requirements.txt there."
AGAIN = "What was graded is recorded; the same command goes on."


@contextmanager
def connected(address: str, tier: str | None = None) -> Iterator[tuple[Executor, int, Callable[[], None]]]:
    """An executor for the time of the block, how many threads its workers have, and a look whether it still lives.

    A submission whose worker dies, or that raises there, is tried again elsewhere.
    Raises: UserError where the cluster cannot be used; the look does so where it got lost.
    """
    client = _client(address)
    try:
        _check(client, address, tier)
        threads = sum(client.nthreads().values())
        yield client.get_executor(pure=False, retries=1), threads, _Look(client, address)
    finally:
        with suppress(Exception):       # a scheduler that is gone cannot be taken leave of
            client.close(timeout=CONNECT_SECONDS)


def _client(address: str):
    try:
        from distributed import Client, rpc
    except ImportError:
        raise UserError("--cluster needs a package that is not installed: pip install distributed.") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)     # what goes wrong is said below, once

    async def identity() -> dict:
        async with rpc(address, timeout=CONNECT_SECONDS) as there:
            return await there.identity()

    try:
        # Asked first, as a client of what is no scheduler may wait for ever, and complain when it is given up.
        found = asyncio.run(asyncio.wait_for(identity(), CONNECT_SECONDS))
        if found["type"] != "Scheduler":
            raise ValueError(f"a {found['type'].lower()} is there")
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except Exception as error:          # whatever answers at a wrong address makes it raise all sorts of things
        raise UserError(f"{address}: no scheduler answers there ({_first_line(error)}). Start one with `dask scheduler` and "
                        "give its address, as in tcp://host:8786.") from None


def _check(client, address: str, tier: str | None) -> None:
    """Raise UserError unless there are workers, and each is as this process and has the sandbox."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except Exception:
        raise UserError(f"{address}: this scheduler has no workers. Start some with `dask worker {address}`.") from None
    try:
        theirs = client.run(of_a_worker, tier, on_error="return")
    except Exception as error:
        raise UserError(f"{address}: its workers cannot run this grader ({_first_line(error)}). {REMEDY}") from None
    for worker, found in sorted(theirs.items()):
        if isinstance(found, Exception):
            raise UserError(f"{address}: the worker {worker} cannot run this grader ({_first_line(found)}). {REMEDY}")
        for name, here in versions().items():
            if found[name] != here:
                raise UserError(f"{address}: the worker {worker} has {name} {found[name]}, and here it is {here}. {REMEDY}")


def of_a_worker(tier: str | None) -> dict[str, str]:
    """The versions where this runs. Raises UserError where the sandbox does not work."""
    tiers.choose(tier)
    return versions()


def versions() -> dict[str, str]:
    """What must be the same wherever a submission is executed."""
    return {"Python": platform.python_version(), "the grader with hash": course.grader_version()[:12],
            **{name: version(name) for name in PACKAGES}}


class _Look:
    """Raises UserError where the scheduler is gone, or all workers have been for LOST_SECONDS."""

    def __init__(self, client, address: str):
        self.client, self.address, self.seen = client, address, time.monotonic()

    def __call__(self) -> None:
        if self.client.status != "running":
            raise UserError(f"{self.address}: the connection to the scheduler is lost. Start it again. {AGAIN}")
        if self.client.scheduler_info()["workers"]:
            self.seen = time.monotonic()
        elif time.monotonic() - self.seen > LOST_SECONDS:
            raise UserError(f"{self.address}: all workers are gone. Start some with `dask worker {self.address}`. {AGAIN}")


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
