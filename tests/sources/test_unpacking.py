"""Zips as systems make them: what belongs to the system is passed over, what is ambiguous is refused, nothing is written anywhere."""

import zipfile

import pytest

from bilateral.sources.unpacking import FileRefused, unpacked

CONTENT = b"a row\n"


def packed(place, *names: str):
    path = place / "made.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"" if name.endswith("/") else CONTENT)
    return path


@pytest.mark.parametrize(
    "names",
    [
        ["rows.csv"],
        ["rows.csv", "__MACOSX/._rows.csv"],
        ["folder/", "folder/rows.csv", "folder/.DS_Store", "__MACOSX/", "__MACOSX/folder/._rows.csv"],
        ["a/", "a/b/", "a/b/rows.csv", "._rows.csv"],
        ["folder\\rows.csv", "__MACOSX\\._rows.csv"],
        ["rows.csv", "Thumbs.db", "folder/desktop.ini"],
        ["Zeilen – año.csv", ".DS_Store"],
    ],
)
def test_the_one_file_of_a_zip_is_read_whatever_the_system_laid_beside_it(tmp_path, names):
    assert b"".join(unpacked(packed(tmp_path, *names))) == CONTENT


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a/rows.csv", "b/rows.csv"], "holds 2 files; one was expected"),
        (["a/rows.csv", "A/ROWS.CSV", ".DS_Store"], "holds 2 files; one was expected"),
        (["__MACOSX/._rows.csv", ".DS_Store"], "holds 0 files; one was expected"),
        (["C:\\rows.csv"], "names a path outside it"),
        (["..\\rows.csv"], "names a path outside it"),
    ],
)
def test_a_zip_that_could_mean_several_things_is_refused(tmp_path, names, said):
    with pytest.raises(FileRefused, match=said):
        list(unpacked(packed(tmp_path, *names)))
