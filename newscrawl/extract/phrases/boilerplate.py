"""Furniture of the page that text-only copies keep, case-folded, all languages together: whole lines only."""

from __future__ import annotations

ALONE = frozenset(
    """
accessibility links|skip to main content|skip to main navigation|skip to search|breaking news|share|share this|print
print this page|print page|comments|see comments|view comments|load more comments|link has been copied|copy link
the code has been copied to your clipboard.|the url has been copied to your clipboard|embed|share embed
no media source currently available|16x9 image|auto|240p|360p|480p|720p|1080p|direct link|pop-out player|download
xs|sm|md|lg|learn more|previous|next|subscribe|follow us|back to top|facebook|twitter|telegram|whatsapp|email|x
accessibility|embed share|live|site logo|site search|editors' picks
ссылки для упрощенного доступа|ссылки доступа|срочные новости|поделиться|распечатать|комментарии|смотреть комментарии
код скопирован в буфер обмена|нет медиаисточника|прямая ссылка|версия для печати|ссылка скопирована
доступність посилання|доступність посилань|термінові новини|поділитися|роздрукувати|коментарі|дивитись коментарі
лінкі ўнівэрсальнага доступу|лінкі ўніверсальнага доступу|падзяліцца|камэнтары|раздрукаваць
линкове за достъпност|сподели|коментари|линкови за пристапност|сподели|коментари
linkovi|pristupni linkovi|podijelite|podelite|štampaj|komentari|najnovije vesti|udarna vijest
linqe të qasjes|shpërndaje|komentet|lajmi i fundit|linkuri accesibilitate|distribuie|tipărește|comentarii|ultimele știri
akadálymentes mód|megosztás|nyomtatás|megjegyzések|legfrissebb hírek
qolaylıq linkleri|керү җайлылыгы|мөрәҗәгать|уртаклашу|бүлешү
մատչելիության հղումներ|կիսվել|տպել|մեկնաբանություններ|keçid linkləri|paylaş|çap et|şərhlər|son xəbər
ბმულები ხელმისაწვდომობისთვის|გაზიარება|ამობეჭდვა|კომენტარები|გადაუდებელი ცნობა
لینک‌های قابلیت دسترسی|همرسانی|چاپ|نظرها|خبر فوری|د لاسرسۍ لینکونه|شریک یې کړئ|بیړنی خبر
accessibility сілтемелер|бөлісу|пікірлер|басып шығару|линктер|бөлүшүү|пикирлер|пайвандҳои дастрасӣ|мубодила|шарҳҳо
elýeterliligiň çalt linkleri|paýlaşyň|teswirler|линклар|бўлишиш|изоҳлар|bo‘lishish|izohlar
无障碍链接|無障礙鏈接|分享|打印|列印|评论|評論|突发新闻|突發新聞|没有媒体可用资源|連結複製|연결 가능 링크
""".replace("\n", "|").split("|")
) - {""}
"""A paragraph that is nothing but one of these is no text."""

STARTS = (
    "no media source currently available",
    "the code has been copied",
    "the url has been copied",
    "skip to ",
    "read also:",
    "see also:",
    "also read:",
    "read more:",
    "watch also:",
    "читайте также:",
    "смотрите также:",
    "читайте також:",
    "дивіться також:",
    "чытайце таксама:",
    "прочетете още:",
    "прочитајте и:",
    "pročitajte i:",
    "pročitajte još:",
    "lexo edhe:",
    "citiți și:",
    "olvassa el ezt is:",
    "կարդացեք նաև՝",
    "oxuyun:",
    "წაიკითხეთ აგრეთვე:",
    "بیشتر بخوانید:",
    "در این زمینه بیشتر بخوانید:",
    "также по теме:",
)
"""A short paragraph that begins so is no text."""

BIO_STARTS = (
    "16x9 image",
    "rfe/rl journalists report the news in",
    "about the author",
)
"""From here on the text is about the author or the house, at the end of a text."""

TITLES_OF_LISTS = (
    "all of the latest news",
    "see all news updates of the day",
    "see all news updates",
)
"""From here on other stories follow."""
