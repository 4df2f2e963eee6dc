"""Furniture of the page by kind, case-folded: whole paragraphs of text-only copies, and of texts that hold it."""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

ACCESS: Table = {
    "en": listed("accessibility links|skip to main content|skip to main navigation|skip to search|turn on javascript"),
    "ru": listed(
        """
        ссылки для упрощенного доступа|ссылки для упрощённого доступа|ссылки доступа
        вернуться к основному содержанию|вернутся к основному содержанию|вернутся к главной навигации
        вернутся к поиску|вернуться к поиску|вернуться к главной навигации"""
    ),
    "uk": listed(
        """
        доступність посилання|доступність посилань|перейти до основного матеріалу|перейти до основної навігації
        перейти до пошуку"""
    ),
    "be": listed(
        """
        лінкі ўнівэрсальнага доступу|лінкі ўніверсальнага доступу|перайсьці да галоўнага зьместу
        перайсьці да галоўнай навігацыі|перайсьці да пошуку"""
    ),
    "bg": listed("връзки за достъпност|към основното съдържание"),
    "mk": listed("достапни линкови"),
    "sr": listed("dostupni linkovi|pređite na glavni sadržaj|pređi na glavni sadržaj|idite na glavni sadržaj"),
    "sq": listed("linqet e qasjes|ndërlidhjet"),
    "ro": listed("linkuri accesibilitate|linkuri de accesibilitate"),
    "hu": listed("akadálymentes mód"),
    "crh": listed("link açıqlığı"),
    "ce": listed("тiекхочийла долу линкаш|тӏекхочийла долу линкаш"),
    "hy": listed("մատչելիության հղումներ"),
    "az": listed("keçid linkləri"),
    "fa": listed("لینک‌های قابلیت دسترسی|لینکهای قابلیت دسترسی|لینک‌های قابل دسترسی|لینکهای قابل دسترسی"),
    "ps": listed("د لاسرسۍ لینکونه|د لاسرسۍ وړ لېنکونه|د لاسرسي ځای|د لاسرسۍ وړ لینکونه|د لاسرسي لینکونه"),
    "ky": listed("линктер"),
    "tg": listed("пайвандҳои дастрасӣ"),
    "tk": listed("sepleriň elýeterliligi"),
    "uz": listed("линклар|linklar"),
    "zh": listed("无障碍链接|無障礙鏈接|无障碍連結|跳转到内容|跳轉到內容|跳转到导航|跳轉到導航|跳转到检索|跳轉到檢索"),
    "ko": listed("연결 가능 링크"),
}
"""The links at the top of every page for those who cannot see it; Tatar, Georgian, Kazakh pages have English ones."""

SHARE: Table = {
    "en": listed(
        """
        share|share this|share on facebook|share on twitter|share on x|share on whatsapp|share on telegram
        share via email|share this page|facebook|twitter|telegram|whatsapp|viber|vkontakte|linkedin|email|e-mail|x
        copy link|copy to clipboard|link copied|link has been copied"""
    ),
    "ru": listed("поделиться|поделиться в facebook|поделиться в twitter|ссылка скопирована"),
    "uk": listed("поділитися|поділитись"),
    "be": listed("падзяліцца"),
    "bg": listed("споделяне|сподели"),
    "mk": listed("сподели"),
    "sr": listed("podijelite|podelite|podijeli|podeli"),
    "sq": listed("shpërndaje|shpërndajeni"),
    "ro": listed("distribuie|distribuiți|răspândește"),
    "hu": listed("megosztás"),
    "tt": listed("бүлешү"),
    "hy": listed("կիսվել"),
    "az": listed("paylaş"),
    "ka": listed("გაზიარება"),
    "fa": listed("به اشتراک بگذارید|همرسانی|هم‌رسانی"),
    "ps": listed("شریک یې کړئ"),
    "kk": listed("бөлісу"),
    "ky": listed("бөлүшүү"),
    "tg": listed("мубодила"),
    "tk": listed("paýlaş"),
    "uz": listed("бўлишиш|bo‘lishish"),
    "zh": listed("分享"),
}

PRINT: Table = {
    "en": listed("print|print this page|print page|print options"),
    "ru": listed("распечатать|печать|версия для печати"),
    "uk": listed("роздрукувати|друк"),
    "be": listed("друкаваць"),
    "bg": listed("печат"),
    "mk": listed("печати"),
    "sr": listed("štampaj|odštampajte"),
    "sq": listed("printo"),
    "ro": listed("tipărește"),
    "hu": listed("nyomtatás"),
    "hy": listed("տպել"),
    "az": listed("çap et"),
    "ka": listed("ამობეჭდვა"),
    "fa": listed("چاپ"),
    "ps": listed("چاپ"),
    "kk": listed("басып шығару"),
    "ky": listed("басып чыгаруу"),
    "tg": listed("чоп"),
    "tk": listed("çap et"),
    "uz": listed("чоп этиш|chop etish"),
    "zh": listed("打印|列印"),
}

COMMENTS: Table = {
    "en": listed("comments|see comments|view comments|load more comments|comment|forum"),
    "ru": listed("комментарии|смотреть комментарии|комментировать|форум"),
    "uk": listed("коментарі|дивитись коментарі|коментувати|форум"),
    "be": listed("камэнтары|камэнтаваць|форум"),
    "bg": listed("коментари|форум"),
    "mk": listed("коментари|форум"),
    "sr": listed("komentari|forum"),
    "sq": listed("komentet|forumi"),
    "ro": listed("comentarii"),
    "hu": listed("hozzászólások"),
    "crh": listed("fikirler"),
    "tt": listed("фикерләр"),
    "hy": listed("մեկնաբանություններ|ֆորում"),
    "az": listed("şərhlər"),
    "ka": listed("კომენტარები|ფორუმი"),
    "fa": listed("نظرات|نظرها"),
    "ps": listed("تبصرې"),
    "kk": listed("пікірлер|форум"),
    "ky": listed("пикирлер|форум"),
    "tg": listed("шарҳҳо"),
    "tk": listed("teswirler"),
    "uz": listed("изоҳлар|izohlar"),
    "zh": listed("评论|評論|看评论"),
}

PLAYER: Table = {
    "en": listed(
        """
        the code has been copied to your clipboard|the url has been copied to your clipboard|embed|share embed
        embed share|no media source currently available|sorry! no media is currently available|please wait
        your browser doesn't support html5|your browser doesn’t support html5|direct link|pop-out player
        pop-up player|width px height px|download|download audio|download video|width|height|pixels|px|auto|live
        live now|on air"""
    ),
    "ru": listed(
        """
        код скопирован в буфер обмена|ссылка скопирована в буфер обмена|пожалуйста, подождите|нет источников медиа
        прямая ссылка|ваш браузер не поддерживает html5"""
    ),
    "uk": listed("будь ласка, зачекайте|прямий лінк на матеріал|завантажити на комп'ютер"),
    "sr": listed("molimo sačekajte|molimo pričekajte|direktan link|pogledajte sve epizode"),
    "ro": listed("așteptați|nici o sursă media|link direct"),
    "hu": listed("jelenleg nincs elérhető tartalom|közvetlen elérés"),
    "crh": listed("bekleñiz, lütfen"),
    "az": listed("gözlə|direct-ə keçid"),
    "fa": listed("لینک مستقیم"),
    "tg": listed("браузери шумо html5-ро намешиносад"),
    "uz": listed("илтимос кутинг|iltimos, kuting|айни дамда медиа-манба мавжуд эмас|бевосита линк"),
    "zh": listed("没有媒体可用资源|沒有媒體可用資源|请等待|請等待|直接链接|直接連結|嵌入|您的浏览器不支持html5"),
}
"""Players and what copies their code. Most services leave the English words."""

ELSEWHERE: Table = {
    "en": listed(
        """
        breaking news|learn more|read more|subscribe|subscribe to newsletter|subscribe to our newsletter
        follow us|follow us on facebook|follow us on twitter|back to top|site logo
        site search|search|previous|next|previous slide|next slide|previous page|next page|show more|load more
        all latest news|latest news|most popular|editors' picks|editors’ picks|related|related articles
        related stories|read also|see also|also read|more on this topic|advertisement|xs|sm|md|lg|enter your email
        languages|cookie policy|privacy policy|terms of use|contact us|report incorrect information|16x9 image"""
    ),
    "ru": listed(
        """
        срочные новости|подписаться|читайте также|смотрите также|слушайте также|также по теме|по теме|главное
        самое читаемое"""
    ),
    "uk": listed(
        """
        топ новини|топ-новини|термінові новини|читайте також|дивіться також|слухайте також|більше на цю тему
        на цю ж тему|підписатися"""
    ),
    "be": listed("чытайце таксама|глядзіце таксама"),
    "bg": listed("извънредни новини|вижте още|прочетете още|прочетете също|чуйте още|гледайте още"),
    "mk": listed("прочитајте и|видете и|погледнете и"),
    "sr": listed(
        """
        pročitajte i|pročitajte još|pročitajte i ovo|pogledajte i|pogledajte još|vidi još|najnovije vijesti
        najnovije vesti|pogledajte / poslušajte"""
    ),
    "sq": listed("lexo edhe|lexoni edhe|lajmi i fundit"),
    "ro": listed("citiți și|citește și|vedeți și|ultima oră"),
    "hu": listed("a legfrissebb hírek|olvasd el ezt is|olvassa el ezt is|lásd még|kapcsolódó cikkek"),
    "crh": listed("saatnıñ esas haberi|oquñız"),
    "tt": listed("кайнар хәбәр|моны да укыгыз"),
    "ce": listed("цiеххьана кхаьчна хаам|цӏеххьана кхаьчна хаам"),
    "hy": listed("կարդացեք նաև|դիտեք նաև"),
    "az": listed("həmçinin oxu|həmçinin bax|oxu|bax"),
    "ka": listed("ასევე ნახეთ|ასევე წაიკითხეთ"),
    "fa": listed("خبر فوری|سرخط خبرها|بیشتر بخوانید|در این زمینه بیشتر بخوانید|بیشتر در این باره"),
    "ps": listed("تازه خبر|بیړنی خبر|نور ولولئ"),
    "kk": listed("жедел хабар|оқи отырыңыз|тағы оқыңыз"),
    "ky": listed("чукул кабар|дагы окуңуз"),
    "tg": listed("хабари нав|инро ҳам бихонед"),
    "tk": listed("iň soňky teswirler|soňky habar|göni efirde|şeýle-de okaň"),
    "uz": listed("шошилинч хабар|яна ўқинг"),
    "zh": listed("突发新闻|突發新聞|编辑推荐|相关内容"),
}
"""What leads elsewhere: the bar with breaking news, lists beside the text, menus, the marks of the page's widths."""

_KINDS = (ACCESS, SHARE, PRINT, COMMENTS, PLAYER, ELSEWHERE)

ALONE: Table = {
    language: tuple(phrase for table in _KINDS for phrase in table.get(language, ()))
    for language in dict.fromkeys(language for table in _KINDS for language in table)
}
"""A paragraph that is nothing but one of these is no text."""
