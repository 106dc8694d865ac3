"""Links of the site's pages to what is built after them: the decks and the PDF.

Such a link has the class `later`. As long as there is nothing behind it, it has no address, so that no
page has a dead link; whoever builds something calls `connect`, which gives and takes addresses.
"""

import re
from pathlib import Path

LINK = re.compile(r'(<a class="[^"]*\blater\b[^"]*" )(?:data-)?href="([^"#]+)([^"]*)"')


def connect(site: Path) -> None:
    """Let the links to things that are there work, in every page of a site's folder, and the others not."""
    for page in site.rglob("*.html"):
        def settle(match: re.Match) -> str:
            start, target, fragment = match.groups()
            return f'{start}{"" if (page.parent / target).exists() else "data-"}href="{target}{fragment}"'

        text = page.read_text(encoding="utf-8")
        if (settled := LINK.sub(settle, text)) != text:
            page.write_text(settled, encoding="utf-8")
