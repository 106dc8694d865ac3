"""Every item of the source documents that the course has reached stands where the list says.

The list is data: `tests/seed_items/<slug>.toml` holds, for the page `book/<slug>`, one [[item]] for
each: `id` (seed and cell or slide, such as "000:In[2]", "001:s3", "T:7"), `what`, `anchor` (an id
on the page), `printed` (the strings that must stand there) and, where the source errs,
`correction` ("E1" to "E25" of the course plan).
"""

import re
import tomllib
from pathlib import Path

import lxml.html
import pytest

ROOT = Path(__file__).resolve().parent.parent
LISTS = sorted((ROOT / "tests/seed_items").glob("*.toml"))
CORRECTIONS = {f"E{number}" for number in range(1, 26)}


def cells(seed: str, *spans) -> set[str]:
    """Return the ids of these cells of a seed; a pair stands for all cells from one to the other."""
    numbers = [n for span in spans for n in (range(span[0], span[1] + 1) if isinstance(span, tuple) else [span])]
    return {f"{seed}:{number}" for number in numbers}


# Of the checklist in the course plan, what the chapters owe.
OWED = (
    cells("000", (1, 10), 14, 16)
    | {f"001:s{slide}" for slide in range(1, 12)}
    | cells("002", (7, 16), 18, 19, (21, 27), (29, 34), 74, 75, 83, 85, 87, 88)
    | cells("T", (0, 66))
    | {"002:name", "002:advantages", "002:np.gradient", "002:regression", "002:descent", "T:README"}
)


def plain_id(name: str) -> str:
    """Return an item's id in its short form: "000:In[2]" and "000:2" are the same cell."""
    return re.sub(r"In\s*\[(\d+)\]", r"\1", name).replace(" ", "")


def squeeze(text: str) -> str:
    return " ".join(text.split())


def read_items(path: Path) -> list[dict]:
    return tomllib.loads(path.read_text(encoding="utf-8")).get("item", [])


def bad_form(item: dict) -> list[str]:
    """Return what is wrong with an entry before any page is looked at."""
    bad = [f"no {key}" for key in ("id", "what", "anchor") if not isinstance(item.get(key), str) or not item[key]]
    printed = item.get("printed", [])
    if not isinstance(printed, list) or not all(isinstance(text, str) and text.strip() for text in printed):
        bad.append("printed must be a list of strings that are not empty")
    if strange := set(item) - {"id", "what", "anchor", "printed", "correction"}:
        bad.append(f"unknown keys {sorted(strange)}")
    named = item.get("correction", [])
    wrong = set(re.split(r"[\s,]+", named) if isinstance(named, str) else named) - CORRECTIONS
    if wrong:
        bad.append(f"no such correction: {sorted(wrong)}")
    return bad


def not_on_page(item: dict, html: str) -> list[str]:
    """Return the anchor and the printed strings of an entry that the page lacks."""
    tree = lxml.html.fromstring(html)
    body = tree.xpath("//article") or [tree]
    text = squeeze(body[0].text_content())
    bad = [] if item["anchor"] in body[0].xpath(".//@id") else [f"no anchor #{item['anchor']}"]
    return bad + [f"not printed: {wanted}" for wanted in item.get("printed", []) if squeeze(wanted) not in text]


def missing(items: list[dict], owed: set[str]) -> list[str]:
    """Return the ids that are owed and that no entry has."""
    return sorted(owed - {plain_id(item["id"]) for item in items})


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_items_stand_on_their_page(site, path):
    """Each entry is well formed, its anchor exists and its printed strings are on the page."""
    items = read_items(path)
    html = (site / "book" / f"{path.stem}.html").read_text(encoding="utf-8")
    wrong = {item.get("id", "?"): bad for item in items if (bad := bad_form(item) or not_on_page(item, html))}
    assert items and wrong == {}


def test_no_item_is_forgotten():
    """Everything that the finished chapters owe to the sources is in one of the lists."""
    assert missing([item for path in LISTS for item in read_items(path)], OWED) == []


# ---- the checks themselves

ITEM = {"id": "000:In[2]", "what": "grad of tanh", "anchor": "tanh", "printed": ["0.41997434"], "correction": "E17"}
PAGE = '<html><body><article><p id="tanh">It prints\n 0.41997434 .</p></article></body></html>'


def test_the_tester_passes_a_sound_entry():
    """An entry that is right has no complaint, whichever way its id is written."""
    assert bad_form(ITEM) == [] and not_on_page(ITEM, PAGE) == []
    assert missing([ITEM], {"000:2"}) == missing([ITEM | {"id": "000:2"}], {"000:2"}) == []


@pytest.mark.parametrize("change", [
    {"anchor": "sinh"}, {"printed": ["0.41997435"]}, {"printed": ["It prints 0.4199743 4"]}])
def test_the_tester_fails_what_is_not_on_the_page(change):
    """An anchor or a number that the page lacks is named."""
    assert not_on_page(ITEM | change, PAGE)


@pytest.mark.parametrize("change", [
    {"id": ""}, {"what": None}, {"printed": [" "]}, {"printed": "0.4"}, {"correction": "E26"}, {"anker": "x"}])
def test_the_tester_fails_a_malformed_entry(change):
    """An entry that says too little, or something unknown, is named."""
    assert bad_form(ITEM | change)


def test_the_tester_fails_a_forgotten_item():
    """Leaving one entry out is noticed."""
    everything = [{"id": name} for name in OWED]
    assert missing(everything, OWED) == []
    assert missing([item for item in everything if item["id"] != "002:30"], OWED) == ["002:30"]
