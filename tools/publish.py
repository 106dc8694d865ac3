"""Put the built site on a branch of a git repository, from which Pages serves it and Colab opens notebooks.

    python tools/publish.py REMOTE [FOLDER]     FOLDER is _build/html unless told

The branch, gh-pages, holds one commit: what was there before is replaced. Any other host needs no
more than a copy of the folder.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BRANCH = "gh-pages"
WHO = {"GIT_AUTHOR_NAME": "The course's build", "GIT_AUTHOR_EMAIL": "build@localhost",
       "GIT_COMMITTER_NAME": "The course's build", "GIT_COMMITTER_EMAIL": "build@localhost"}


def without_password(remote: str) -> str:
    return re.sub(r"//[^/@]*@", "//", remote)


def publish(folder: Path, remote: str) -> None:
    """Push a folder's files as the only commit of the branch; the folder itself stays as it is.

    Raises: SystemExit with a sentence when there is no site, or git refuses.
    """
    if not (folder / "index.html").exists():
        sys.exit(f"{folder} holds no site: run `make site` first.")
    with tempfile.TemporaryDirectory() as temporary:
        env = os.environ | WHO | {"GIT_DIR": f"{temporary}/git", "GIT_WORK_TREE": str(folder)}

        def git(*arguments: str) -> str:
            done = subprocess.run(["git", *arguments], cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"git {arguments[0]} failed, nothing was published: {without_password(done.stderr.strip())}")
            return done.stdout.strip()

        git("init", "--quiet", "--initial-branch", BRANCH)
        git("add", "--all", "--force")
        # Without this file Pages would leave out the folders whose names begin with "_".
        git("update-index", "--add", "--cacheinfo", f"100644,{git('hash-object', '-w', '--stdin')},.nojekyll")
        git("commit", "--quiet", "--message", "Publish the site")
        git("push", "--quiet", "--force", remote, BRANCH)
        print(f"{len(git('ls-files').splitlines())} files are on {BRANCH} of {without_password(remote)}.")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python tools/publish.py REMOTE [FOLDER]; make publish REMOTE=https://…")
    # A remote's name, such as "origin", means that of this repository.
    named = subprocess.run(["git", "remote", "get-url", sys.argv[1]], cwd=ROOT, capture_output=True, text=True)
    publish(Path(sys.argv[2]) if len(sys.argv) == 3 else ROOT / "_build/html", named.stdout.strip() or sys.argv[1])
