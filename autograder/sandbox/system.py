"""The Linux calls that Python's os module lacks, by ctypes: mounts, capabilities, prctl."""

import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND, MS_MOVE, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 32, 4096, 8192, 16384, 1 << 18
CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWPID = 0x00020000, 0x08000000, 0x20000000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 1, 4, 24, 36, 38, 47
CAP_SETPCAP, CAP_SYS_ADMIN, LAST_CAP = 8, 21, 63


def _checked(name: str, *arguments) -> int:
    result = getattr(_libc, name)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    _checked("mount", source.encode(), target.encode(), kind.encode() or None, flags, data.encode() or None)


def unmount(target: str) -> None:
    _checked("umount2", target.encode(), 2)


def unshare(flags: int) -> None:
    _checked("unshare", flags)


def fork_into_new_pids() -> int:
    """Fork a child that is the first process of a namespace of its own; this process stays where it is."""
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)
    try:
        unshare(CLONE_NEWPID)           # for the children to come
        child = os.fork()
        if child:
            _checked("setns", own, CLONE_NEWPID)
        return child
    finally:
        os.close(own)


def prctl(option: int, *arguments: int) -> None:
    _checked("prctl", option, *[ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)[:4]])


def syscall(number: int, *arguments) -> int:
    return _checked("syscall", ctypes.c_long(number), *arguments)


class _CapHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapData(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


def drop_capabilities() -> None:
    """Give up every capability, now and after any exec."""
    for capability in range(LAST_CAP + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:      # no such capability, or already without the right to drop: then exec is barred below
            continue
    prctl(PR_CAP_AMBIENT, 4)                       # PR_CAP_AMBIENT_CLEAR_ALL
    _checked("capset", ctypes.byref(_CapHeader(0x20080522, 0)), ctypes.byref((_CapData * 2)()))
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends."""
    prctl(PR_SET_PDEATHSIG, 9)
