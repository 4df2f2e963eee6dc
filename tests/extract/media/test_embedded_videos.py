"""Videos of other platforms that editors embed in a text."""

from __future__ import annotations

import pytest

from tests.extract.chain import article_of
from tests.extract.pangea import Pangea

TEXT = "<p>The bridge was closed for nine days.</p>"
ADDRESSES = (
    "https://www.youtube.com/embed/abcdefghijk",
    "https://www.youtube-nocookie.com/embed/abcdefghijk?start=10",
    "https://youtu.be/abcdefghijk",
    "https://player.vimeo.com/video/123456",
    "https://www.dailymotion.com/embed/video/x8abcde",
    "https://rutube.ru/play/embed/0123456789abcdef",
    "https://vk.com/video_ext.php?oid=-1&id=2",
    "https://ok.ru/videoembed/123",
    "https://www.facebook.com/plugins/video.php?href=x",
    "https://www.tiktok.com/embed/v2/123",
)


def _videos(wsw: str) -> list[str]:
    return [video.url for video in article_of(Pangea(wsw=TEXT + wsw).capture()).videos]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "form",
    [
        '<iframe src="{}" title="The bridge"></iframe>',
        '<div class="wsw__embed"><iframe data-src="{}"></iframe></div>',
        '<div class="wsw__embed mediaReplacer externalMedia"><script>renderExternalContent("{}")</script></div>',
    ],
)
def test_video_of_a_platform_is_among_the_videos(form: str, address: str) -> None:
    assert _videos(form.format(address)) == [address]


def test_name_and_relative_scheme_of_a_frame_are_read() -> None:
    wsw = TEXT + '<iframe src="//www.youtube.com/embed/abcdefghijk" title="The bridge"></iframe>' * 2
    (video,) = article_of(Pangea(wsw=wsw).capture()).videos

    assert (video.url, video.name) == ("https://www.youtube.com/embed/abcdefghijk", "The bridge")


@pytest.mark.parametrize(
    "address", ["https://www.googletagmanager.com/ns.html", "https://maps.google.com/maps?q=x", "about:blank"]
)
def test_other_frames_are_no_videos(address: str) -> None:
    assert _videos(f'<iframe src="{address}"></iframe>') == []


def test_video_in_a_box_of_other_stories_is_not_the_articles() -> None:
    assert _videos(f'<div class="region"><iframe src="{ADDRESSES[0]}"></iframe></div>') == []
