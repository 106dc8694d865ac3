"""Who executes submissions: threads that each drive a kernel, or the workers of a cluster."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass

from autograder import cluster, execute

LOOK_SECONDS = 5


@dataclass(frozen=True)
class Pool:
    """An executor, how many submissions it should have under way, and a look whether it still lives."""

    executor: Executor
    ahead: int
    look: Callable[[], None] = lambda: None         # raises UserError where it has died

    def results(self, names: Iterable[str], submit: Callable[[str], Future]) -> Iterator[tuple[str, Future]]:
        """Call submit(name) for each name; yields each with its future as they finish.

        At most `ahead` are under way, so that a large class is never in memory as a whole.
        """
        running: dict[Future, str] = {}
        names = iter(names)
        while True:
            while len(running) < self.ahead and (name := next(names, None)) is not None:
                running[submit(name)] = name
            if not running:
                return
            done = wait(running, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED).done
            if not done or any(future.cancelled() for future in done):
                self.look()
            for future in done:
                yield running.pop(future), future


@contextmanager
def pool(workers: int, address: str | None = None, tier: str | None = None) -> Iterator[Pool]:
    """A pool for the time of the block: `workers` threads here, or all workers of the cluster at `address`.

    tier: the sandbox that every submission will ask for.
    Raises: UserError where there is no such sandbox, or the cluster cannot be used.
    """
    if address:
        with cluster.connected(address, tier) as (executor, threads, look):
            yield Pool(executor, 2 * threads, look)
        return
    execute.prepare(tier)
    executor = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="kernel")
    try:
        yield Pool(executor, 2 * workers)
    finally:
        executor.shutdown(cancel_futures=True)
        execute.close()
