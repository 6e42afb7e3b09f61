"""A pair that is configured later: what must be read again is said with its command, and reading it again brings its rows and nothing twice."""

from datetime import date, datetime

import pytest

from bench import gdelt_day
from bilateral.load import bulk, reloads
from bilateral.load.downloads import Request
from bilateral.monitoring import doctor
from bilateral.pages import status
from bilateral.pages.site import Site
from bilateral.publish import snapshots
from bilateral.strings import texts
from machine_coded import load
from material import write_lines

NEW = "source_country || '>' || target_country in ('DEU>FRA', 'FRA>DEU', 'CHN>RUS', 'RUS>CHN')"
DAYS = (date(2025, 3, 27), date(2025, 3, 28))


def rows_of_new_pairs(folder) -> int:
    """Of Germany and France, and of China and Russia, by plain Python."""
    rows = [line.split("\t") for path in folder.glob("*.CSV") for line in path.read_text().splitlines()]
    return sum({row[7], row[17]} in ({"DEU", "FRA"}, {"CHN", "RUS"}) for row in rows)


def needed(house) -> list[reloads.Reload]:
    with snapshots.connect(snapshots.current(house.data)) as connection:
        return reloads.needed(connection)


def test_a_pair_configured_later_tells_which_files_to_read_again_and_reading_them_brings_its_rows(house, tmp_path, icews_file):
    inbox = house.data / "inbox" / "gdelt"
    inbox.mkdir(parents=True)
    for day in DAYS:
        (inbox / f"{day:%Y%m%d}120000.export.CSV").write_bytes(gdelt_day.export(datetime(day.year, day.month, day.day, 12), 1500))
    load(house, "gdelt", inbox)
    load(house, "icews", icews_file)
    assert needed(house) == []
    others = house.rows("from reports where dataset in ('gdelt', 'icews') order by all")

    dyads = write_lines(tmp_path / "dyads.csv", ["dyad,lead,position", "FRA-DEU,FRA,100", "CHN-RUS,CHN,101"])
    outcome = house.refresh(dyads=dyads)
    gdelt_names = ("20250327120000.export.CSV", "20250328120000.export.CSV")
    assert needed(house) == [
        reloads.Reload("gdelt", "CHN-RUS, DEU-FRA", 2, *gdelt_names, *DAYS),
        reloads.Reload("icews", "CHN-RUS, DEU-FRA", 1, icews_file.name, icews_file.name, date(2018, 6, 1), date(2018, 6, 2)),
    ]
    sentence = (
        "CHN-RUS, DEU-FRA: gdelt lacks rows of 2025-03-27 to 2025-03-28, as the pair was configured after they were read (2 files, "
        "20250327120000.export.CSV to 20250328120000.export.CSV); read them again: bilateral load gdelt FOLDER"
    )
    assert sentence in outcome.message
    assert "bilateral load icews FOLDER" in outcome.message
    findings = [finding for finding in doctor.examine(house.data, 36) if finding.what.startswith("pairs of")]
    assert [(finding.what, finding.is_wrong) for finding in findings] == [("pairs of gdelt", True), ("pairs of icews", True)]
    page = str(status.lacking(Site(house.data, 36), texts("en")))
    assert (
        "CHN-RUS, DEU-FRA: 2 files of gdelt with rows from 27 Mar 2025 to 28 Mar 2025 were read before the pair was configured"
        in page
    )

    (again,) = [file for file in house.refresh(dyads=dyads, coded=("icews", [icews_file])).files if file.dataset == "icews"]
    assert (again.rows_read, again.rows_accepted, again.rows_known) == (6, 2, 4)
    outcome = house.refresh(dyads=dyads, coded=("gdelt", bulk.found_files([inbox])))
    assert needed(house) == []
    assert "read them again" not in outcome.message
    expected = rows_of_new_pairs(inbox)
    assert expected > 5
    with house.runner() as runner:
        kept = runner.connection.execute(
            f"select dataset, count(*) from raw.reports where {NEW} group by 1 order by 1"
        ).fetchall()
    assert kept == [("gdelt", expected), ("icews", 1)]
    assert others == house.rows(f"from reports where dataset in ('gdelt', 'icews') and not {NEW} order by all")
    assert house.rows("select sum(n_reports)::bigint from coverage where dataset = 'gdelt'") == [(3000,)]


@pytest.mark.parametrize("name", ["20250328120000.export.CSV.zip", "20250328120000.translation.export.CSV.zip"])
def test_files_that_were_downloaded_are_read_again_from_the_inbox_without_asking_the_source(house, tmp_path, name):
    inbox = house.data / "inbox" / "gdelt"
    inbox.mkdir(parents=True)
    (inbox / name).write_bytes(gdelt_day.zipped("a.CSV", gdelt_day.export(datetime(2025, 3, 28, 12), 1500)))
    source = "gdelt-translated" if "translation" in name else "gdelt"
    offline = Request((source,), DAYS[1], DAYS[1], is_offline=True)
    house.refresh(request=offline)
    dyads = write_lines(tmp_path / "dyads.csv", ["dyad,lead,position", "FRA-DEU,FRA,100", "CHN-RUS,CHN,101"])
    said = house.refresh(dyads=dyads).message
    assert f"bilateral refresh --source {source} --offline --since 2025-03-28 --until 2025-03-28" in said
    house.refresh(dyads=dyads, request=offline)
    assert needed(house) == []
    assert house.rows("select count(*) > 0 from events where dyad = 'CHN-RUS' and dataset = 'gdelt'") == [(True,)]
