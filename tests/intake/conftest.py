"""A site on loopback for the tests of a module, and one run of the intake over it."""

import pytest

from bilateral.intake.collection import Outcome, collect
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
