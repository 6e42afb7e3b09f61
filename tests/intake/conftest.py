"""A site on loopback for the tests of a module, one run of the intake over it, and somebody who decides."""

import pytest

from bilateral import package_data
from bilateral.intake.collection import Outcome, collect
from bilateral.intake.decisions import Reviewer
from bilateral.intake.source_list import Source

from .site import QUICK, Site, site_on_loopback


@pytest.fixture(scope="module")
def server():
    with site_on_loopback() as site:
        yield site


@pytest.fixture
def site(server) -> Site:
    server.replies.clear()
    server.asked.clear()
    return server


@pytest.fixture
def run(tmp_path):
    """run(source) asks it once, into one data folder of the test."""

    def ask(*sources: Source) -> Outcome:
        *_, last = collect(tmp_path, sources, QUICK)
        return last

    return ask


@pytest.fixture
def reviewer(tmp_path, small_tree, monkeypatch):
    """Somebody who decides beside the few seeds of a small house: a check of these takes a third of one of all."""
    monkeypatch.setattr(package_data, "folder", lambda name: small_tree / name)
    return Reviewer(tmp_path, "ana")
