"""Small tables of words for what markup does not tell, per language of the family (BCP 47 primary subtags).

A phrase is here only where a rule on the markup cannot do: in text-only copies, and in paragraphs of the body itself.
"""

from newscrawl.extract.phrases.boilerplate import ALONE, BIO_STARTS, STARTS, TITLES_OF_LISTS
from newscrawl.extract.phrases.credit import AND, BY, CREDIT_ENDS, CREDIT_STARTS
from newscrawl.extract.phrases.months import MONTHS, SOLAR_MONTHS

__all__ = [
    "ALONE",
    "AND",
    "BIO_STARTS",
    "BY",
    "CREDIT_ENDS",
    "CREDIT_STARTS",
    "MONTHS",
    "SOLAR_MONTHS",
    "STARTS",
    "TITLES_OF_LISTS",
]
