"""How pages are found and shared: descriptions, preview images, sitemap, 404 page, "report a problem".

Its jobs:
- each page gets a description from its first sentences, and, where the site's address is known, a
  preview image, a canonical address and a line in the sitemap;
- a page that is not there is answered by one that helps;
- at the foot of each page a link opens a report that names the page and the versions.
"""

import platform
from importlib.metadata import version
from urllib.parse import urlencode, urlsplit

import address

LOST = """<h1>There is no such page</h1>
<p>The link that brought you here is out of date, or has a typing error in it.
Look at the list of pages, use the search, or start at <a href="{home}">the first page</a>.</p>"""


def prepare(app, config):
    """Set up what depends on the site's address."""
    url = config.html_baseurl
    config.ogp_site_url = url
    config.ogp_social_cards = {"enable": bool(url), "line_color": "#1f6feb"}
    config.notfound_urls_prefix = urlsplit(url).path or "/"
    config.notfound_context = {"title": "No such page", "body": LOST.format(home=config.notfound_urls_prefix + "book/index.html")}
    if url:
        config.sitemap_url_scheme = "{link}"


def report(repository: str, page: str) -> str:
    """Return the link that opens a report about a page, its place and the versions filled in."""
    body = (f"Page: {page}\nJAX {version('jax')}, Python {platform.python_version()} (the site's build)\n\n"
            "What I read or ran:\n\nWhat I expected:\n\nWhat I saw:\n")
    return f"{repository}/issues/new?{urlencode({'title': f'Problem on {page}', 'body': body})}"


def link(app, pagename, templatename, context, doctree):
    if not app.config.html_baseurl:         # an address that is none
        context["metatags"] = "\n".join(line for line in context.get("metatags", "").splitlines() if '"og:url"' not in line)
    repository = address.repository(app.config)
    if repository and doctree is not None:
        context["report_url"] = report(repository, pagename)


def setup(app):
    for name in ("address", "sphinxext.opengraph", "notfound.extension"):
        app.setup_extension(name)
    if address.baseurl(app.config):
        app.setup_extension("sphinx_sitemap")
    app.config.ogp_enable_meta_description = True
    app.connect("config-inited", prepare, priority=200)
    app.connect("html-page-context", link, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
