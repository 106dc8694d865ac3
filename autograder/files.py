"""Files that are written as a whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, content: str) -> None:
    """Write a file so that it is there as a whole or as it was before. Raises OSError with its name."""
    part = path.with_name(f".{path.name}.part")
    try:
        with open(part, "w", encoding="utf-8") as file:
            file.write(content)
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
