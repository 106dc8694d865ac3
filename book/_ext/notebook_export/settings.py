"""Where Colab finds what the site holds, if the course's repository is known."""

import re
from dataclasses import dataclass
from urllib.parse import quote

import address

BRANCH = "gh-pages"         # Colab opens files of a branch: the one that holds the built site
GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?\Z")


@dataclass(frozen=True)
class Published:
    """repository: "ORGANISATION/NAME" on GitHub, or "". site: the site's address, which ends in "/", or ""."""

    repository: str = ""
    site: str = ""

    def colab(self, path: str) -> str:
        """Return the address in Colab of a file of the site, such as "notebooks/x.ipynb"; "" if there is none."""
        if not self.repository:
            return ""
        return f"https://colab.research.google.com/github/{self.repository}/blob/{BRANCH}/{quote(path)}"


def configure(app, config) -> None:
    """Settle both addresses. A repository elsewhere than on GitHub has no links to Colab, which reads that only."""
    github = GITHUB.match(address.repository(config))
    config.published = Published(github[1] if github else "", address.baseurl(config))
