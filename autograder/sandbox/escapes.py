"""Escapes that `autograder doctor` tries from inside: at least one of each kind.

Each is code that calls `out(what)` where it succeeds. `{…}` are filled in by the doctor: a file
and a folder of the grader's, ports that listen, its process, a line of its environment.
"""

ESCAPES = {
    "read a file of the grader's": "out(open({file!r}).read())",
    "read a password file": "out(open('/etc/shadow').read())",
    "list a folder of the grader's": "out(os.listdir({folder!r}))",
    "read an assignment's references": "out(open({references!r}).read())",
    "import an assignment's references": "from autograder import assignment\nout(assignment.load({slug!r}, 'references'))",
    "write beside the grader's files": "open({folder!r} + '/written', 'w').write('x')\nout('written')",
    "change a library": "import numpy\nopen(numpy.__file__, 'a').close()\nout('opened')",
    "follow a link out": "os.symlink({file!r}, 'link')\nout(open('link').read())",
    "find the grader's environment": "import glob\nfor p in glob.glob('/proc/[0-9]*/environ'):\n"
                                     "    try:\n        text = open(p).read()\n    except OSError:\n        continue\n"
                                     "    if {word!r} in text:\n        out(p)",
    "read another process's memory": "found = ctypes.CDLL(None, use_errno=True).ptrace(16, os.getppid(), None, None)\n"
                                     "if found == 0:\n    out('attached')\nopen(f'/proc/{{os.getppid()}}/mem', 'rb')\nout('opened')",
    "signal the grader": "os.kill({pid}, 0)\nif {pid} != os.getpid():\n    out('signalled')",
    "call out over TCP": "socket.create_connection(('127.0.0.1', {port}), 3)\nout('connected')",
    "ask a name server": "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.sendto(b'x', ('1.1.1.1', 53))\nout('sent')",
    "reach a socket of the machine's": "s = socket.socket(socket.AF_UNIX)\ns.connect({socket!r})\nout('connected')",
    "mount a file system": "if ctypes.CDLL(None, use_errno=True).mount(b'tmpfs', b'/tmp', b'tmpfs', 0, None) == 0:\n    out('mounted')",
    "make a namespace": "if ctypes.CDLL(None, use_errno=True).unshare(0x10000000) == 0:\n    out('made')",
    "change a setting of the kernel": "open('/proc/sys/kernel/hostname', 'w').write('x')\nout('changed')",
    "raise its own limits": "import resource\nresource.setrlimit(resource.RLIMIT_AS, (-1, -1))\nout('raised')",
    "take memory without end": "held = [bytearray(64_000_000) for _ in range(64)]\nout(len(held))",
    "fill the disk": "with open('full', 'wb') as f:\n    for _ in range(100):\n        f.write(bytes(1_000_000))\nout('written')",
    "open files without end": "held = [open('/dev/null') for _ in range(5000)]\nout(len(held))",
    "start processes without end": "pids = []\nfor _ in range(300):\n    pid = os.fork()\n    if pid == 0:\n        time.sleep(20)\n"
                                   "        os._exit(0)\n    pids.append(pid)\ntime.sleep(3)\nout(len(pids))",
    "print without end": "for _ in range(40):\n    print('x' * 1_000_000)\nout('printed')",
    "run without end": "time.sleep(60)\nout('slept')",
    "leave a process behind": "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        import ctypes\n"
                              "        ctypes.CDLL(None).prctl(15, {mark!r}.encode(), 0, 0, 0)\n        time.sleep(300)\n    os._exit(0)",
}
