"""What one kernel may use. The keeper enforces it from outside, rlimits from inside."""

import os
import resource
from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits of one kernel, all its processes together unless it says otherwise."""

    memory: int = 2048 * MIB            # bytes resident
    address: int = 0                    # bytes of address space of one process; 0: by the number of cores
    processes: int = 24
    threads: int = 0                    # 0: by the number of cores
    files: int = 256                    # open files of one process
    disk: int = 64 * MIB                # bytes written, one file or all together

    @property
    def address_space(self) -> int:
        # JAX reserves address space by the core: 1.5 GB on two of them.
        return self.address or (3072 + 768 * cores()) * MIB

    @property
    def most_threads(self) -> int:
        return self.threads or 96 + 12 * cores()


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def apply(limits: Limits) -> None:
    """Set the rlimits of this process; what it starts inherits them."""
    for what, most in ((resource.RLIMIT_AS, limits.address_space), (resource.RLIMIT_NOFILE, limits.files),
                       (resource.RLIMIT_FSIZE, limits.disk), (resource.RLIMIT_CORE, 0),
                       (resource.RLIMIT_MEMLOCK, 0), (resource.RLIMIT_MSGQUEUE, 0)):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
