"""Run every notebook of the built site on this machine's accelerator, and record how it went.

    python tools/accelerator.py             the default accelerator; stops where there is none
    python tools/accelerator.py --cpu       on the CPU all the same, to try this tool; nothing is recorded

It needs a JAX that knows the accelerator, such as `.venv/bin/pip install "jax[cuda12]"` of the pinned version. The
record, `book/tested_on/<platform>.json`, is what the line "Tested on" at the foot of each page is made from.
"""

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "book/_ext"))
RECORDS = ROOT / "book/tested_on"
ASK = """
import json, platform, jax
devices = jax.devices()
print(json.dumps({"platform": devices[0].platform, "device": f"{len(devices)} × {devices[0].device_kind}" if len(devices) > 1
                  else devices[0].device_kind, "jax": jax.__version__, "python": platform.python_version()}))
"""


def ask_machine(env: dict) -> dict:
    """Return what JAX finds here: "platform" ("cpu", "gpu", "tpu"), "device", "jax", "python"."""
    done = subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"JAX could not be started: {done.stderr.strip()[-1000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def run_all(notebooks: list[Path], env: dict) -> dict:
    """Run the notebooks one after another, a line each. Returns: status, seconds and hash of the code, by page."""
    from tested_on import code_hash

    pages = {}
    for path in notebooks:
        began = time.monotonic()
        done = subprocess.run([sys.executable, ROOT / "tools/run_notebook.py", path], env=env, capture_output=True, text=True)
        page = {"status": "failed" if done.returncode else "ok", "seconds": round(time.monotonic() - began, 1),
                "code": code_hash((ROOT / "book" / f"{path.stem}.md").read_text(encoding="utf-8"))}
        pages[path.stem] = page
        print(f"{path.stem:<28} {page['status']:<7} {page['seconds']:6.1f} s", flush=True)
        if done.returncode:
            print("    " + done.stderr.strip()[-2000:].replace("\n", "\n    "), flush=True)
    return pages


def main(arguments: list[str]) -> int:
    cpu = arguments == ["--cpu"]
    if arguments and not cpu:
        sys.exit("usage: python tools/accelerator.py [--cpu]")
    notebooks = sorted((ROOT / "_build/html/notebooks").glob("*.ipynb"))
    if not notebooks:
        sys.exit("expected notebooks in _build/html/notebooks, found none: run make site first")
    env = os.environ | ({"JAX_PLATFORMS": "cpu"} if cpu else {})
    machine = ask_machine(env)
    if machine["platform"] == "cpu" and not cpu:
        sys.exit("JAX finds no accelerator here, so nothing was run. On a machine with an NVIDIA GPU, install its JAX first: "
                 f'.venv/bin/pip install "jax[cuda12]=={machine["jax"]}"')
    print(f"{machine['device']}, JAX {machine['jax']}, Python {machine['python']}")
    pages = run_all(notebooks, env | {"JAX_PLATFORMS": env.get("JAX_PLATFORMS", "")})
    failed = sorted(name for name, page in pages.items() if page["status"] != "ok")
    if machine["platform"] != "cpu":
        record = RECORDS / f"{machine['platform']}.json"
        record.write_text(json.dumps(machine | {"date": date.today().isoformat(), "pages": pages}, indent=1) + "\n")
        print(f"recorded in {record.relative_to(ROOT)}; commit it, and the pages will say so.")
    print(f"{len(pages) - len(failed)} of {len(pages)} notebooks ran" + (f"; failed: {', '.join(failed)}" if failed else "."))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
