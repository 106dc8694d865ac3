"""Where the site and its repository are on the web, for the other extensions; both may be unknown.

`_config.yml` says it (`html: baseurl`, `repository: url` and `branch`). The environment wins, so that
one source can be published in several places: COURSE_BASEURL, COURSE_REPOSITORY. Without a
repository the buttons that need one are hidden; without an address, canonical links and the like.
"""

import os


def chosen(variable: str, configured: str | None) -> str:
    """Return an address, the environment's or else the configured one, without a slash at its end, or ""."""
    return (os.environ.get(variable) or configured or "").rstrip("/")


def baseurl(config) -> str:
    """Return the address of the site, with a slash at its end, or ""."""
    found = chosen("COURSE_BASEURL", config.html_baseurl)
    return f"{found}/" if found else ""


def repository(config) -> str:
    """Return the address of the repository, without a slash at its end, or ""."""
    return chosen("COURSE_REPOSITORY", config.html_theme_options.get("repository_url"))


def apply(app, config):
    """Tell Sphinx and the theme both addresses, and show just the buttons that lead somewhere."""
    config.html_baseurl = baseurl(config)
    url = repository(config)
    config.html_theme_options |= {"repository_url": url, "use_repository_button": bool(url), "use_edit_page_button": bool(url)}


def setup(app):
    app.connect("config-inited", apply, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
