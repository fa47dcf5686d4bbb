"""The generated documents: made from the markers and the tables, and found stale when they differ."""

from pathlib import Path

import pytest

from fotfeste.cli.documents import WORKFLOWS, marked_tests, requirements_table, stale_documents, write_documents

LIST = "number,title\nSET-07,IMDi finds a municipality\nSET-08,Exactly one offer\n"
TEST = """
import pytest
pytestmark = [pytest.mark.req("SET-08")]
@pytest.mark.req("SET-07", "SET-08")
def test_one(): ...
def test_two(): ...
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with one file of tests."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "requirements_list.csv").write_text(LIST)
    (tmp_path / "tests" / "test_it.py").write_text(TEST)
    return tmp_path


def test_markers_are_read_from_tests_and_from_their_module(project: Path) -> None:
    found = sorted(marked_tests(project / "tests" / "test_it.py"))
    assert found == [("SET-07", "test_one"), ("SET-08", "test_one"), ("SET-08", "test_one"), ("SET-08", "test_two")]


def test_a_requirement_that_does_not_exist_is_refused(project: Path) -> None:
    (project / "tests" / "test_it.py").write_text(TEST.replace("SET-07", "SET-99"))
    with pytest.raises(ValueError, match="SET-99"):
        requirements_table(project)


def test_a_document_that_differs_is_stale_until_it_is_written_anew(project: Path) -> None:
    assert len(stale_documents(project)) == len(WORKFLOWS) + 2
    write_documents(project)
    assert stale_documents(project) == []
    (project / "tests" / "test_it.py").write_text(TEST.replace('"SET-07", ', ""))
    assert stale_documents(project) == ["docs/requirements.md is stale: run ./fotfeste documents"]
