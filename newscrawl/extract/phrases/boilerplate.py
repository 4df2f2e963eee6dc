"""Furniture of the page that text-only copies keep; case-folded. Only ever compared with whole paragraphs."""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

ALONE: Table = {
    "en": listed(
        """
        accessibility links|skip to main content|skip to main navigation|skip to search|breaking news|share
        share this|share on facebook|share on twitter|share on x|share on whatsapp|share on telegram
        share via email|share this page|print|print this page|print page|print options|comments|see comments
        view comments|load more comments|comment|the code has been copied to your clipboard
        the url has been copied to your clipboard|link has been copied|copy link|copy to clipboard|link copied
        embed|share embed|embed share|no media source currently available|please wait
        your browser doesn't support html5|your browser doesn’t support html5|direct link|pop-out player
        pop-up player|download|download audio|download video|width|height|pixels|px|auto|live|live now|on air
        16x9 image|facebook|twitter|telegram|whatsapp|viber|vkontakte|linkedin|email|e-mail|x|learn more
        read more|subscribe|subscribe to newsletter|follow us|back to top|site logo|site search|search|previous
        next|previous slide|next slide|previous page|next page|show more|load more|all latest news|latest news
        most popular|editors' picks|editors’ picks|related|related articles|related stories|read also|see also
        also read|more on this topic|advertisement|xs|sm|md|lg|enter your email|languages|cookie policy
        privacy policy|terms of use|contact us|forum|report incorrect information
        sorry! no media is currently available|turn on javascript"""
    ),
    "ru": listed(
        """
        ссылки для упрощенного доступа|ссылки для упрощённого доступа|ссылки доступа
        вернуться к основному содержанию|вернутся к основному содержанию|вернутся к главной навигации
        вернутся к поиску|вернуться к поиску|срочные новости|вернуться к главной навигации|поделиться
        поделиться в facebook|поделиться в twitter|распечатать|печать|версия для печати|комментарии
        смотреть комментарии|комментировать|код скопирован в буфер обмена|ссылка скопирована в буфер обмена
        ссылка скопирована|пожалуйста, подождите|нет источников медиа|прямая ссылка|подписаться|читайте также
        смотрите также|слушайте также|также по теме|по теме|главное|самое читаемое|форум"""
    ),
    "uk": listed(
        """
        доступність посилання|доступність посилань|перейти до основного матеріалу|перейти до основної навігації
        перейти до пошуку|топ новини|топ-новини|термінові новини|поділитися|поділитись|роздрукувати|друк
        коментарі|дивитись коментарі|коментувати|читайте також|дивіться також|слухайте також|більше на цю тему
        на цю ж тему|будь ласка, зачекайте|прямий лінк на матеріал|підписатися|форум"""
    ),
    "be": listed(
        """
        лінкі ўнівэрсальнага доступу|лінкі ўніверсальнага доступу|перайсьці да галоўнага зьместу
        перайсьці да галоўнай навігацыі|перайсьці да пошуку|падзяліцца|друкаваць|камэнтары|камэнтаваць
        чытайце таксама|глядзіце таксама|форум"""
    ),
    "bg": listed(
        """
        връзки за достъпност|извънредни новини|към основното съдържание|споделяне|сподели|печат|коментари|форум
        вижте още|прочетете още|прочетете също|чуйте още|гледайте още"""
    ),
    "mk": listed("достапни линкови|сподели|печати|коментари|прочитајте и|видете и|погледнете и|форум"),
    "sr": listed(
        """
        dostupni linkovi|pređite na glavni sadržaj|pređi na glavni sadržaj|idite na glavni sadržaj|podijelite
        podelite|podijeli|podeli|štampaj|odštampajte|komentari|pročitajte i|pročitajte još|pročitajte i ovo
        pogledajte i|pogledajte još|vidi još|najnovije vijesti|najnovije vesti|molimo sačekajte|direktan link
        forum"""
    ),
    "sq": listed(
        """
        linqet e qasjes|ndërlidhjet|shpërndaje|shpërndajeni|printo|komentet|lexo edhe|lexoni edhe|lajmi i fundit
        forumi"""
    ),
    "ro": listed(
        """
        linkuri accesibilitate|linkuri de accesibilitate|așteptați|nici o sursă media|link direct|distribuie
        distribuiți|tipărește|comentarii|citiți și|citește și|vedeți și|ultima oră"""
    ),
    "hu": listed(
        """
        akadálymentes mód|a legfrissebb hírek|jelenleg nincs elérhető tartalom|közvetlen elérés|megosztás
        nyomtatás|hozzászólások|olvasd el ezt is|olvassa el ezt is|lásd még|kapcsolódó cikkek"""
    ),
    "crh": listed("link açıqlığı|saatnıñ esas haberi|bekleñiz, lütfen|fikirler|oquñız"),
    "tt": listed("кайнар хәбәр|бүлешү|фикерләр|моны да укыгыз"),
    "ce": listed("тiекхочийла долу линкаш|тӏекхочийла долу линкаш|цiеххьана кхаьчна хаам|цӏеххьана кхаьчна хаам"),
    "hy": listed("մատչելիության հղումներ|կիսվել|տպել|մեկնաբանություններ|կարդացեք նաև|դիտեք նաև|ֆորում"),
    "az": listed("keçid linkləri|gözlə|direct-ə keçid|paylaş|çap et|şərhlər|həmçinin oxu|həmçinin bax|oxu|bax"),
    "ka": listed("გაზიარება|ამობეჭდვა|კომენტარები|ასევე ნახეთ|ასევე წაიკითხეთ|ფორუმი"),
    "fa": listed(
        """
        لینک‌های قابلیت دسترسی|لینکهای قابلیت دسترسی|خبر فوری|به اشتراک بگذارید|همرسانی|هم‌رسانی|چاپ|نظرات|نظرها
        بیشتر بخوانید|در این زمینه بیشتر بخوانید|بیشتر در این باره|لینک مستقیم"""
    ),
    "ps": listed(
        """
        د لاسرسۍ لینکونه|د لاسرسۍ وړ لېنکونه|د لاسرسي ځای|تازه خبر|د لاسرسۍ وړ لینکونه
        د لاسرسي لینکونه|بیړنی خبر|شریک یې کړئ|چاپ|تبصرې|نور ولولئ"""
    ),
    "kk": listed("жедел хабар|бөлісу|басып шығару|пікірлер|оқи отырыңыз|тағы оқыңыз|форум"),
    "ky": listed("линктер|чукул кабар|бөлүшүү|басып чыгаруу|пикирлер|дагы окуңуз|форум"),
    "tg": listed("пайвандҳои дастрасӣ|хабари нав|мубодила|чоп|шарҳҳо|инро ҳам бихонед"),
    "tk": listed(
        "sepleriň elýeterliligi|iň soňky teswirler|soňky habar|göni efirde|paýlaş|çap et|teswirler|şeýle-de okaň"
    ),
    "uz": listed("линклар|бўлишиш|чоп этиш|изоҳлар|яна ўқинг|linklar|bo‘lishish|chop etish|izohlar"),
    "zh": listed(
        """
        无障碍链接|無障礙鏈接|无障碍連結|跳转到内容|跳轉到內容|跳转到导航|跳轉到導航|跳转到检索|跳轉到檢索
        突发新闻|突發新聞|分享|打印|列印|评论|評論|看评论|没有媒体可用资源|沒有媒體可用資源|请等待|請等待
        直接链接|直接連結|嵌入|您的浏览器不支持html5|编辑推荐|相关内容"""
    ),
    "ko": listed("연결 가능 링크"),
}
"""A paragraph that is nothing but one of these is no text."""

ALSO_READ: Table = {
    "en": listed("read also|see also|also read|read more|watch also|watch|listen|related|also by this author"),
    "ru": listed("читайте также|читать также|смотрите также|слушайте также|также по теме|по теме|подробнее"),
    "uk": listed("читайте також|дивіться також|слухайте також|більше на цю тему|докладніше"),
    "be": listed("чытайце таксама|глядзіце таксама|слухайце таксама|чытайце па тэме"),
    "bg": listed("прочетете още|прочетете също|вижте още|вижте също|чуйте още|гледайте още"),
    "mk": listed("прочитајте и|прочитајте повеќе|видете и|погледнете и"),
    "sr": listed("pročitajte i|pročitajte još|pročitajte i ovo|pročitajte više|pogledajte i|pogledajte još|vidi još"),
    "sq": listed("lexo edhe|lexoni edhe|shikoni edhe|lexoni më shumë"),
    "ro": listed("citiți și|citiţi şi|citește și|citeşte şi|vedeți și"),
    "hu": listed("olvasd el ezt is|olvassa el ezt is|lásd még|kapcsolódó cikkünk"),
    "crh": listed("oquñız|bunı da oquñız|baqıñız"),
    "tt": listed("моны да укыгыз|шулай ук укыгыз"),
    "hy": listed("կարդացեք նաև|դիտեք նաև|տես նաև"),
    "az": listed("həmçinin oxu|həmçinin bax|həmçinin oxuyun"),
    "ka": listed("ასევე ნახეთ|ასევე წაიკითხეთ|წაიკითხეთ აგრეთვე"),
    "fa": listed("بیشتر بخوانید|در این زمینه بیشتر بخوانید|در همین زمینه|همچنین بخوانید"),
    "ps": listed("نور ولولئ|دا هم ولولئ"),
    "kk": listed("оқи отырыңыз|тағы оқыңыз|сондай-ақ оқыңыз"),
    "ky": listed("дагы окуңуз|ошондой эле окуңуз"),
    "tg": listed("инро ҳам бихонед|ҳамчунин бихонед"),
    "tk": listed("şeýle-de okaň|şeýle hem okaň"),
    "uz": listed("яна ўқинг|шунингдек ўқинг|yana o‘qing|shuningdek o‘qing"),
    "zh": listed("另请阅读|相关阅读|延伸阅读|延伸閱讀|相關閱讀"),
}
"""A short paragraph that begins so, with a colon or in capitals, points to another story."""

STARTS = listed(
    """
    no media source currently available|the code has been copied to your clipboard
    the url has been copied to your clipboard|skip to main content|your browser doesn't support html5
    copyright (c) 20|copyright © 20|copyright © 19|copyright (c) 19"""
)
"""A short paragraph that begins so is furniture whatever follows: the player's texts run together."""

BIO_MARK = "16x9 image"
"""What stands for the portrait of the author in text-only copies of the family's pages; the bio follows."""

_OUR = r"(?:rfe/rl|radio free europe/radio liberty)(?:['’]s)?"
HOUSE = (
    rf"{_OUR} journalists report the news in \d+ languages",
    rf"{_OUR} [\w -]{{2,60}} (?:service|farda|azadi|mashaal|svoboda) (?:is|has been)"
    r" (?:recognized|(?:one of )?the (?:only|leading|largest|most|few)|an? (?:award|trusted|leading))\b",
    rf"{_OUR} [\w -]{{2,60}} service offers informed and accurate reporting",
    rf"{_OUR} radio farda breaks through government censorship",
)
"""How the house describes itself at the end of a text (regular expressions)."""

OTHER_STORIES = listed(
    """
    all of the latest news|see all news updates of the day|see all news updates
    see all news updates of the day ▶|more news|all the latest news"""
)
"""On stored news pages the whole other stories that follow begin here."""
