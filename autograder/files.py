"""Files that are written as a whole or not at all."""

import os
from pathlib import Path

MAX_NOTEBOOK = 20_000_000             # bytes of a notebook that is read
EXCHANGE = ("timestamp.txt", "submission_secret.txt")       # by which nbgrader's exchange knows a submission again


def carry_exchange_files(source: Path, target: Path) -> None:
    """Copy what nbgrader's exchange put beside a submission; delete what an older one left. Raises OSError."""
    for name in EXCHANGE:
        if (source / name).is_file():
            with open(source / name, encoding="utf-8", errors="replace") as file:
                write_whole(target / name, file.read(1000))
        else:
            (target / name).unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that it is there as a whole or as it was before. Raises OSError with its name."""
    part = path.with_name(f".{path.name}.part")
    try:
        with open(part, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())     # or a power cut could leave an empty file under the new name
        os.replace(part, path)
    except OSError as error:
        try:
            part.unlink(missing_ok=True)
        except OSError:
            pass
        error.filename = str(path)
        raise
