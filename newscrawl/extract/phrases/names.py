"""Words that join names and words that stand before them in lists of sources and authors; case-folded."""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

AND: Table = {
    "en": ("and",), "ru": ("и",), "uk": ("і", "й", "та"), "be": ("і", "й", "ды"), "bg": ("и",), "mk": ("и",),
    "sr": ("i", "и", "te"), "sq": ("dhe",), "ro": ("și", "şi"), "hu": ("és",), "crh": ("ve",), "tt": ("һәм",),
    "hy": ("և", "եւ"), "az": ("və",), "ka": ("და",), "fa": ("و",), "ps": ("او",), "kk": ("және",),
    "ky": ("жана",), "tg": ("ва",), "tk": ("we",), "uz": ("va", "ва", "ҳамда", "hamda"), "zh": ("和", "及", "与", "與"),
    "de": ("und",), "fr": ("et",), "es": ("y", "e"), "it": ("e", "ed"), "pl": ("i", "oraz"), "pt": ("e",),
    "nl": ("en",), "cs": ("a",), "sk": ("a",), "tr": ("ve",), "sv": ("och",), "el": ("και",),
}  # fmt: skip
"""The word between the last two names of a list."""

AFTER_EACH: Table = {"ce": ("а",)}
"""What stands after each name of a list, where nothing stands between the last two."""

KINDS: Table = {
    "en": listed("news agency|news agencies|the news agencies|wire services|agencies"),
    "ru": listed(
        """
        информационных агентств|информационного агентства|информагентств|информагентства|новостных агентств
        агентств|агентства|сайта|сайтов|издания|изданий|газеты|газет|телеканала|телеканалов|интернет-издания
        русской службы"""
    ),
    "uk": listed(
        """
        інформаційних агентств|інформаційних агенцій|інформагентств|агентств|агентства|агенцій|агенції|сайту
        видання"""
    ),
    "be": listed("інфармацыйных агенцтваў|агенцтваў|агенцтва|інфармагенцтваў|сайту|сайта|выданьня|выдання"),
    "bg": listed("агенциите|агенциите:|агенция|агенции|вестник|сайта"),
    "mk": listed("агенциите|агенцијата|новинската агенција"),
    "sr": listed("novinskih agencija|novinske agencije|agencija|agencije|portala|lista"),
    "sq": listed("agjencive|agjencisë|agjencitë"),
    "ro": listed("agenția|agenţia|agențiile|agenţiile|agenției"),
    "hu": listed("az|a"),
    "fa": listed("خبرگزاری‌های|خبرگزاری های|وبسایت|وب‌سایت|روزنامه"),
    "ps": listed("خبري اژانسونو|خبري اژانس|د خبري اژانس"),
}
"""What a credit line calls its sources before it names them; no part of the name."""
