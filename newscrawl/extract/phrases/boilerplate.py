"""How notices, the house's own description and lists of other stories begin; case-folded."""

from __future__ import annotations

from newscrawl.extract.phrases import listed

STARTS = listed(
    """
    no media source currently available|the code has been copied to your clipboard
    the url has been copied to your clipboard|skip to main content|your browser doesn't support html5
    copyright (c) 20|copyright © 20|copyright © 19|copyright (c) 19"""
)
"""A short paragraph that begins so is boilerplate whatever follows: texts of the player that are joined."""

BIO_MARK = "16x9 image"
"""What stands for the portrait of the author in text-only copies of the family's pages; the bio follows."""

_OUR = r"(?:rfe/rl|radio free europe/radio liberty)(?:['’]s)?"
HOUSE = (
    rf"{_OUR} journalists report the news in \d+ languages",
    rf"{_OUR} [\w -]{{2,60}} (?:service|farda|azadi|mashaal|svoboda) (?:is|has been)"
    r" (?:recognized|(?:one of )?the (?:only|leading|largest|most|few)|an? (?:award|trusted|leading))\b",
    rf"{_OUR} [\w -]{{2,60}} service offers informed and accurate reporting",
    rf"{_OUR} radio farda breaks through government censorship",
    rf"{_OUR} [\w -]{{2,60}} is (?:tackling the difficult challenge of|a public-service broadcaster providing"
    r"|a multi-platform alternative to)",
    rf"{_OUR} [\w -]{{2,60}} service relaunched its operations in \d{{4}} after",
    rf"[\w.]{{2,30}} is a regional news outlet of {_OUR}",
    r"current time is the russian-language tv and digital network run by",
    rf"schemes \(skhemy\) is the award-winning investigative project of {_OUR}",
    rf"systema is {_OUR} russian-language investigative unit",
)
"""How the house describes itself at the end of a text (regular expressions)."""

OTHER_STORIES = listed(
    """
    all of the latest news|see all news updates of the day|see all news updates
    see all news updates of the day ▶|more news|all the latest news"""
)
"""On stored news pages the whole other stories that follow begin here."""
