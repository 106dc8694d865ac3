"""What a confined kernel may read: the interpreter, its libraries, and the asking half of the grader.

That half is copied out, so that neither references nor solutions nor specimens are ever inside.
"""

import os
import shutil
import site
import sys
from pathlib import Path

from autograder import assignment

PACKAGE = Path(__file__).resolve().parent.parent
ASKING = ("__init__", "asking", "assignment", "compare", "errors", "expressions", "guard", "handin", "probe", "tally", "wire")
CONFINING = ("__init__", "keeper", "kernel", "landlock", "limits", "nursery", "seccomp", "system")
SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo", "/usr/share/fonts",
          "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


def kit(folder: Path) -> Path:
    """Copy into `folder` what a kernel imports of ours: the asking half, and every assignment's modules but its references."""
    for package, names in (("autograder", ASKING), ("autograder/sandbox", CONFINING)):
        (folder / package).mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copy(PACKAGE.parent / package / f"{name}.py", folder / package)
    for slug in assignment.slugs():
        (folder / "assignments" / slug).mkdir(parents=True, exist_ok=True)
        for module in assignment.folder(slug).glob("*.py"):
            if module.name != "references.py":
                shutil.copy(module, folder / "assignments" / slug)
    return folder


def paths() -> list[str]:
    """Files and folders that may be read, without the places where the grader itself is installed."""
    found = [p for p in SYSTEM if os.path.exists(p)]
    hidden = {Path(p) / "autograder" for p in [*site.getsitepackages(), site.getusersitepackages()]}
    # The executable may stand at the end of several links; each folder on the way must be there.
    executables, link = [], Path(sys.executable)
    while link.is_symlink():
        executables.append(str(link))
        link = link.parent / os.readlink(link)
    executables.append(str(link))
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}:
        if prefix not in ("/", "/usr", "/usr/local"):
            found += _without(Path(prefix), hidden)
    return sorted({os.path.normpath(p) for p in [*found, *executables]})


def _without(folder: Path, hidden: set[Path]) -> list[str]:
    """`folder`, or its parts where something in it is to be hidden."""
    if not any(p.exists() and p.is_relative_to(folder) for p in hidden):
        return [str(folder)]
    return [path for child in sorted(folder.iterdir()) if child not in hidden
            for path in (_without(child, hidden) if child.is_dir() and not child.is_symlink() else [str(child)])]
