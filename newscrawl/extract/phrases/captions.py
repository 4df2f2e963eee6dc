"""Words around pictures: labels of credits, marks of pictures from the files; case-folded."""

from __future__ import annotations

import re

CREDIT_LABELS = tuple(
    """
photo by|photos by|photo credit|photo courtesy of|photo courtesy|photo|photos|image by|image|courtesy of
courtesy|credit|credits|image credit|image credits|image source|picture|pictures|picture by|photograph by|photograph
photo illustration|copyright|by courtesy of|graphic by|graphic|video grab|screenshot|source|фотография|фото
источник фото|автор фото|иллюстрация|світлина|джерело фото|ілюстрація|здымак|снимка|снимки|фотографија|foto|fotografija
fotografi|fotografie|fotó|kép|fotoğraf|fotosurat|surat|сурат|сүрөт|сурет|рәсем|акс|լուսանկարը|լուսանկար|ֆոտո
bild|bilder|bildquelle|fotos|quelle|symbolfoto|symbolbild|grafik|crédit|crédits|crédit photo|photographie|crédito
fotografía|zdjęcie|zdjęcia|źródło|ფოტო|სურათი|عکس از|عکس|انځور|图片来源|图片|圖片|資料圖片来源
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""What stands before the name of a photographer or an agency, with a colon or "by"."""

FROM_THE_FILES = tuple(
    """
file photo|file|undated file photo|archive|archive photo|архивное фото|архив|архивная фотография|архівне фото
архів|архіўнае фота|архіў|архивна снимка|архивска фотографија|архива|arhiva|arhivska fotografija|arhivski snimak
archivbild|archivfoto|symbolbild|symbolfoto|imagen de archivo|foto d'archivio|zdjęcie ilustracyjne|ilustracija
illustrative photo|иллюстративное фото|ілюстраційне фото|фото ілюстраційне|ілюстративне фото|arkiv
foto nga arkivi|arhivă|archív|archív fotó|arxiv foto|arxiv fotosu|архив сүрөт|архив фотосы|көрнекі сурет
аксҳо аз бойгонӣ|արխիվ|არქივი|საარქივო ფოტო|عکس آرشیوی|آرشیو|آرشيف|资料照|资料照片|資料照片|資料圖片
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""What says that a picture is older than its story; part of the caption, never a credit."""

UNNAMED = frozenset(
    """
courtesy photo|courtesy image|courtesy|social media|screen grab|screengrab|screenshot|video grab|handout|public domain
facebook|twitter|instagram|telegram|youtube|tiktok|vkontakte|odnoklassniki|соцсети|социальные сети|скриншот|скріншот
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Credits that name nobody: where a picture was found."""

SHOWN = (
    *("caption", "in the photo", "in this photo", "in the picture"),
    *("на фото", "на снимке", "на знімку", "на світлині"),
)
"""What may announce a caption in the text, with a colon."""


def any_of(phrases: tuple[str, ...]) -> str:
    """A regular expression for any of ``phrases``, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
