"""Pictures in the PDF: they stand as they do in a browser and in Anki."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import ExifTags, Image

from quizgen.write.pdf import write
from tests.pdf_jobs import job, picture, reader, sheet_of
from tests.samples import RECALL, about


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation, size, first", [(1, (40, 20), 255), (3, (40, 20), 0), (6, (20, 40), 255)])
def test_a_photograph_stands_as_the_camera_was_held(
    format_: str, orientation: int, size: tuple[int, int], first: int
) -> None:
    """As browsers and Anki show it; `first` is how white its first corner is then, of a photograph half white."""
    photograph = Image.new("RGB", (40, 20), "black")
    photograph.paste("white", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    data = io.BytesIO()
    photograph.save(data, format_, exif=exif)
    suffix = f".{format_.lower().replace('jpeg', 'jpg')}"
    shown = replace(picture(), data=data.getvalue(), suffix=suffix)
    question = replace(RECALL, about=about("pictured", "when", picture=shown))
    written = write(job(sheet_of([question])))
    assert [problem for problem in written.problems if problem.rule == "picture"] == []
    [image] = reader(written.files["sample-quiz.pdf"]).pages[0].images
    assert image.image is not None
    assert image.image.size == size
    assert abs((image.image.convert("L").tobytes()[0]) - first) < 9
