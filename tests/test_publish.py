"""`make publish` puts the site, whole, on a branch, and says so when it cannot."""

import subprocess

import pytest

from tools import publish


def git(folder, *arguments: str) -> str:
    return subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def site_and_remote(tmp_path):
    site = tmp_path / "html"
    (site / "_static").mkdir(parents=True)
    (site / "index.html").write_text("<p>first</p>")
    (site / "_static/.hidden.css").write_text("p {}")
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "remote"], check=True)
    return site, tmp_path / "remote"


def test_the_branch_is_the_site(site_and_remote, capsys):
    """All files arrive, with the mark that Pages wants; a second time replaces the first."""
    site, remote = site_and_remote
    publish.publish(site, str(remote))
    assert "3 files are on gh-pages" in capsys.readouterr().out
    (site / "index.html").write_text("<p>second</p>")
    (site / "_static/.hidden.css").unlink()
    publish.publish(site, str(remote))
    assert git(remote, "ls-tree", "-r", "--name-only", "gh-pages").split() == [".nojekyll", "index.html"]
    assert "second" in git(remote, "show", "gh-pages:index.html")
    assert len(git(remote, "rev-list", "gh-pages").split()) == 1
    assert sorted(path.name for path in site.iterdir()) == ["_static", "index.html"]        # nothing left behind


def test_without_a_site_nothing_is_pushed(tmp_path):
    with pytest.raises(SystemExit, match="make site"):
        publish.publish(tmp_path, str(tmp_path / "remote"))


def test_a_refused_push_shows_no_password(site_and_remote, tmp_path):
    site, _ = site_and_remote
    with pytest.raises(SystemExit) as stop:
        publish.publish(site, f"file://me:geheim@localhost{tmp_path}/nowhere")
    assert "nothing was published" in str(stop.value) and "geheim" not in str(stop.value)
