"""Landlock: which files this process and its children may open; needs no privilege.

See https://docs.kernel.org/userspace-api/landlock.html.
"""

import ctypes
import os
import stat
from collections.abc import Iterable

from autograder.sandbox.system import PR_SET_NO_NEW_PRIVS, prctl, syscall

_CREATE, _ADD, _RESTRICT = 444, 445, 446
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
REMOVE_DIR, REMOVE_FILE, MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = (
    1 << n for n in range(4, 13))
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
SCOPES = 1 | 2                                    # abstract Unix sockets, signals
READ = EXECUTE | READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SOCK | MAKE_FIFO | MAKE_SYM | REFER | TRUNCATE
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV


def version() -> int:
    """The kernel's Landlock interface; 0 where there is none."""
    try:
        return syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    except OSError:
        return 0


def apply(read: Iterable[str], write: Iterable[str]) -> None:
    """From now on open nothing but what lies under these paths. Raises: OSError without Landlock."""
    abi = version()
    if abi < 1:
        raise OSError("this kernel has no Landlock")
    known = (1 << (13 + (abi >= 2) + (abi >= 3) + (abi >= 5))) - 1
    attributes = [known] + ([3] if abi >= 4 else []) + ([SCOPES] if abi >= 6 else [])     # files, TCP, scopes
    ruleset = (ctypes.c_uint64 * len(attributes))(*attributes)
    fd = syscall(_CREATE, ctypes.byref(ruleset), ctypes.c_size_t(8 * len(attributes)), ctypes.c_uint32(0))
    try:
        for paths, access in ((read, READ), (write, WRITE)):
            for path in paths:
                _allow(fd, path, access & known)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        syscall(_RESTRICT, ctypes.c_int(fd), ctypes.c_uint32(0))
    finally:
        os.close(fd)


class _Rule(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("access", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def _allow(ruleset: int, path: str, access: int) -> None:
    try:
        target = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(target).st_mode):
            access &= ON_FILES
        syscall(_ADD, ctypes.c_int(ruleset), ctypes.c_int(1), ctypes.byref(_Rule(access, target)), ctypes.c_uint32(0))
    finally:
        os.close(target)
