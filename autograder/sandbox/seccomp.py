"""A seccomp filter, assembled here: the system calls that no student's code needs.

Allowed is what is not named: a list of all that Python, NumPy and JAX need would change with every
version. Refused calls return EPERM, so that code fails with an exception and not with a crash.
"""

import ctypes
import platform
import struct

from autograder.sandbox.system import PR_SET_NO_NEW_PRIVS, prctl

# name: number on x86_64, on aarch64 (None: it has none)
CALLS = {
    # other processes' memory and files
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440),
    # the file system's shape
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "move_mount": (429, 429),
    "open_tree": (428, 428), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "mount_setattr": (442, 442), "mknodat": (259, 33), "mknod": (133, None),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264), "fanotify_init": (300, 262),
    "quotactl": (179, 60), "acct": (163, 89), "swapon": (167, 224), "swapoff": (168, 225),
    # namespaces
    "setns": (308, 268), "unshare": (272, 97), "sethostname": (170, 161), "setdomainname": (171, 162),
    # the kernel's larger surfaces
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "reboot": (169, 142), "syslog": (103, 116), "settimeofday": (164, 170),
    "clock_settime": (227, 112), "adjtimex": (159, 171), "clock_adjtime": (305, 266), "iopl": (172, None),
    "ioperm": (173, None), "vhangup": (153, 58), "personality": (135, 92),
    # memory that no limit counts, or that outlives the process
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "msgget": (68, 186),
    "semget": (64, 190), "mq_open": (240, 180),
    # to other processes' sockets; a kernel only listens
    "connect": (42, 203),
}
# Where other people's processes and files are in sight: what neither Landlock nor a file's mode stops.
SHARED = {
    "inotify_add_watch": (254, 27), "ioprio_set": (251, 30), "migrate_pages": (256, 238), "move_pages": (279, 239),
    "process_mrelease": (448, 448), "sync": (162, 81), "syncfs": (306, 267),
}
# The same; these do nothing and succeed, or copying a file would fail and libzmq abort.
PRETENDED = {
    "setpriority": (141, 140), "sched_setparam": (142, 118), "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274), "sched_setaffinity": (203, 122),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None),
    "futimesat": (261, None), "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "setxattrat": (463, 463), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
}
SIGNALS = {"tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
           "pidfd_send_signal": (424, 424)}
OWN_SIGNALS = {"kill": (62, 129), "tgkill": (234, 131)}
PRLIMIT = (302, 261)
CLONE, CLONE3, SOCKET, IOCTL = (56, 220), (435, 435), (41, 198), (16, 29)
NEW_NAMESPACES = 0x7E020080
AF_UNIX, AF_NETLINK, SOCK_STREAM = 1, 16, 1       # libzmq aborts where it cannot open a netlink socket
IOCTLS = (0x5412, 0x541C, 0x40086602, 0x401C5820)            # TIOCSTI, TIOCLINUX; FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_LOAD, _EQUAL, _SET, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x54, 0x06
ALLOW, KILL, SUCCESS, EPERM, ENOSYS = 0x7FFF0000, 0x80000000, 0x00050000, 0x00050001, 0x00050026
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24      # offsets in struct seccomp_data


def program(shared: bool = False, own_pid: int | None = None) -> bytes:
    """The filter as BPF.

    Args:
      shared: whether other people's processes and files are in sight.
      own_pid: the only process that may be sent signals; any that is in sight where None.
    Raises: OSError on a processor that it does not know.
    """
    try:
        column, architecture = ARCHITECTURES[platform.machine()]
    except KeyError:
        raise OSError(f"no seccomp filter for {platform.machine()}") from None
    code: list[tuple[int, int, int, int]] = [
        (_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, KILL), (_LOAD, 0, 0, _NUMBER)]
    if column == 0:
        code += [(_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, EPERM)]       # x32: the same calls, other numbers
    for calls, answer in ((CALLS, EPERM), (SHARED if shared else {}, EPERM), (PRETENDED if shared else {}, SUCCESS),
                          (SIGNALS if own_pid is not None else {}, EPERM)):
        code += [line for numbers in calls.values() if numbers[column] is not None
                 for line in ((_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, answer))]
    code += [(_EQUAL, 0, 1, CLONE3[column]), (_RETURN, 0, 0, ENOSYS)]          # its flags lie in memory; libc falls back
    code += _block(CLONE[column], [(_LOAD, 0, 0, _FIRST), (_SET, 0, 1, NEW_NAMESPACES), (_RETURN, 0, 0, EPERM)])
    code += _block(IOCTL[column], [(_LOAD, 0, 0, _SECOND), *[
        line for request in IOCTLS for line in ((_EQUAL, 0, 1, request), (_RETURN, 0, 0, EPERM))]])
    if shared:
        code += _block(PRLIMIT[column], [(_LOAD, 0, 0, _FIRST), (_EQUAL, 1, 0, 0), (_RETURN, 0, 0, EPERM)])
    code += _block(SOCKET[column], [
        (_LOAD, 0, 0, _FIRST), (_EQUAL, 4, 0, AF_NETLINK), (_EQUAL, 0, 2, AF_UNIX),
        (_LOAD, 0, 0, _SECOND), (_SET, 0, 1, 0xE), (_RETURN, 0, 0, EPERM)])    # of the types, streams only
    for numbers in OWN_SIGNALS.values() if own_pid is not None else ():
        code += _block(numbers[column], [(_LOAD, 0, 0, _FIRST), (_EQUAL, 1, 0, own_pid), (_RETURN, 0, 0, EPERM)])
    code.append((_RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("=HBBI", *line) for line in code)


def _block(number: int, body: list) -> list:
    """Run `body` where the call is `number`; what does not return in it is allowed."""
    return [(_EQUAL, 0, len(body) + 1, number), *body, (_RETURN, 0, 0, ALLOW)]


def apply(shared: bool = False, own_pid: int | None = None) -> None:
    """Put the filter on this process and all that it starts."""
    code = program(shared, own_pid)
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    prctl(PR_SET_NO_NEW_PRIVS, 1)
    filled = Program(len(code) // 8, ctypes.addressof(buffer))
    prctl(22, 2, ctypes.addressof(filled))         # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
