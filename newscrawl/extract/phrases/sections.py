"""Names of sections, and words beside a date, as they stand on lines above a headline; case-folded."""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

SECTIONS: Table = {
    "en": listed(
        """
        news|world|politics|economy|business|society|culture|sports|sport|science|health|technology|tech|opinion
        opinions|analysis|features|feature|video|videos|photos|photo galleries|interviews|interview|commentary
        europe|usa|asia|africa|americas|middle east|central asia|south caucasus|the caucasus|caucasus
        the balkans|balkans|human rights|press freedom|environment|arts|education|archive|home|home page
        homepage|national security|extremism watch|as it is|health & lifestyle|science & technology
        arts & culture|words and their stories|american stories|u.s. history|podcasts|special projects
        fact check|fact checks|east asia|south & central asia|immigration|silicon valley & technology
        latest news"""
    ),
    "ru": listed(
        """
        новости|политика|общество|экономика|культура|мир|в мире|спорт|видео|фото|мнения|мнение|интервью|наука
        россия|украина|расследования|права человека|война|блоги|анализ|репортаж|история|главное|сша|технологии
        здоровье|происшествия|азия|кавказ|центральная азия|мультимедиа|подкасты|спецпроекты"""
    ),
    "uk": listed(
        """
        новини|політика|суспільство|економіка|культура|світ|війна|спорт|відео|фото|думки|інтервʼю|інтерв'ю|наука
        україна|розслідування|схеми|здоров'я|сша|історія|права людини|точка зору"""
    ),
    "be": listed(
        """
        навіны|палітыка|грамадзтва|эканоміка|культура|сьвет|свет|беларусь|відэа|фота|гісторыя|меркаваньні|спорт"""
    ),
    "bg": listed(
        """
        новини|политика|общество|икономика|култура|свят|анализи|българия|европа|мнения|интервюта|разследвания
        видео"""
    ),
    "mk": listed("вести|политика|македонија|свет|економија|култура|спорт|општество|балкан|мислење|интервјуа"),
    "sr": listed(
        """
        vijesti|vesti|politika|društvo|ekonomija|kultura|svet|svijet|zapadni balkan|aktuelno|sport|tema|teme|bih
        srbija|crna gora|kosovo|hrvatska|intervju|mišljenja|вести|политика|друштво|економија|култура|свет|sad"""
    ),
    "sq": listed(
        """
        lajme|politikë|ekonomi|shoqëri|kulturë|botë|rajon|sport|kosovë|shqipëri|intervista|analiza|mendime|bota
        kosova"""
    ),
    "ro": listed(
        """
        știri|ştiri|politic|politică|economie|social|cultură|internațional|actualitate|societate|sănătate|sport
        lume|opinii|interviuri|educație|justiție"""
    ),
    "hu": listed("hírek|politika|gazdaság|kultúra|világ|közélet|itthon|külföld|társadalom|interjú|vélemény|videó"),
    "crh": listed("haberler|siyaset|cemiyet|medeniyet|qırım|dünya"),
    "tt": listed("хәбәрләр|яңалыклар|сәясәт|җәмгыять|мәдәният|дөнья|татарстан|русия|икътисад|спорт"),
    "ce": listed("керланаш|хаамаш|политика|юкъаралла|культура"),
    "hy": listed(
        """
        լուրեր|քաղաքականություն|քաղաքական|հասարակություն|տնտեսություն|մշակույթ|միջազգային|աշխարհ|տարածաշրջան
        սպորտ|հարցազրույց"""
    ),
    "az": listed("xəbərlər|siyasət|iqtisadiyyat|cəmiyyət|mədəniyyət|dünya|gündəm|idman|müsahibə|araşdırma"),
    "ka": listed("ახალი ამბები|პოლიტიკა|საზოგადოება|ეკონომიკა|კულტურა|მსოფლიო|საქართველო|სპორტი|ინტერვიუ"),
    "fa": listed(
        """
        خبرها|اخبار|سیاست|سیاسی|جامعه|اقتصاد|اقتصادی|فرهنگ|جهان|ایران|ورزش|حقوق بشر|افغانستان|گزارش|خاورمیانه
        آمریکا|دیدگاه‌ها|گفت‌وگو|منطقه"""
    ),
    "ps": listed("خبرونه|نړۍ|افغانستان|سیاست|ټولنه|لوبې|پاکستان|اقتصاد|کلتور|سیمه|راپورونه"),
    "kk": listed("жаңалықтар|саясат|қоғам|экономика|мәдениет|әлем|қазақстан|спорт|сұхбат|пікір"),
    "ky": listed("жаңылыктар|саясат|коом|экономика|маданият|дүйнө|кыргызстан|спорт|маек|пикир"),
    "tg": listed("хабарҳо|сиёсат|ҷомеа|иқтисод|фарҳанг|ҷаҳон|тоҷикистон|варзиш|мусоҳиба"),
    "tk": listed("habarlar|syýasat|jemgyýet|ykdysadyýet|medeniýet|dünýä|türkmenistan|sport"),
    "uz": listed(
        """
        янгиликлар|сиёсат|жамият|иқтисод|маданият|дунё|ўзбекистон|спорт|xabarlar|yangiliklar|siyosat|jamiyat
        iqtisodiyot|dunyo|jahon"""
    ),
    "zh": listed(
        """
        新闻|新聞|时事|中国|中國|国际|國際|美国|美國|经济|經濟|文化|台湾|台灣|香港|科技|人权|人權|两岸|兩岸|亚太
        亞太|时事大家谈"""
    ),
    "es": listed(
        """
        noticias|mundo|política|economía|sociedad|américa latina|estados unidos|venezuela|inmigración|deportes
        cultura|salud|tecnología"""
    ),
    "pt": listed(
        """
        notícias|mundo|política|economia|sociedade|áfrica|angola|moçambique|desporto|cultura|saúde|cabo verde
        guiné-bissau"""
    ),
    "fr": listed("actualités|afrique|monde|politique|économie|société|sport|sports|culture|santé|amériques"),
    "tr": listed("haberler|dünya|türkiye|politika|ekonomi|abd|sağlık|kültür|spor|bilim|yaşam|ortadoğu|avrupa"),
    "id": listed("berita|dunia|politik|ekonomi|indonesia|amerika|amerika serikat|kesehatan|olahraga|budaya"),
    "vi": listed("tin tức|thế giới|việt nam|kinh tế|hoa kỳ|châu á|chính trị|văn hóa|đời sống|thể thao|sức khỏe"),
    "th": listed("ข่าว|โลก|ธุรกิจ|สุขภาพ|สหรัฐฯ|การเมือง|เอเชีย"),
    "lo": listed("ຂ່າວ|ລາວ|ໂລກ|ເອເຊຍ|ສະຫະລັດ"),
    "km": listed("ព័ត៌មាន|កម្ពុជា|អន្តរជាតិ|សុខភាព|នយោបាយ"),
    "my": listed("သတင်းများ|မြန်မာ|ကမ္ဘာ|အမေရိကန်"),
    "bo": listed("གསར་འགྱུར|བོད་|འཛམ་གླིང་"),
    "ko": listed("뉴스|한반도|정치|경제|세계|미국|북한|한국|사회"),
    "ur": listed("خبریں|پاکستان|دنیا|معیشت|کھیل|بھارت|امریکہ|صحت|افغانستان|مشرق وسطیٰ"),
    "bn": listed("খবর|বাংলাদেশ|বিশ্ব|যুক্তরাষ্ট্র|খেলা|রাজনীতি"),
    "sw": listed("habari|dunia|afrika|michezo|siasa|biashara|afya|kenya|tanzania"),
    "ha": listed("labarai|afirka|najeriya|wasanni|siyasa|amurka|kiwon lafiya"),
    "so": listed("wararka|soomaaliya|caalamka|ciyaaraha|siyaasadda|afrika"),
    "am": listed("ዜና|ኢትዮጵያ|አፍሪካ|ዓለም|ጤና|ስፖርት"),
    "ti": listed("ዜና|ኤርትራ|ኢትዮጵያ|ኣፍሪቃ|ዓለም"),
    "om": listed("oduu|itoophiyaa|oromiyaa|afrikaa|addunyaa"),
    "el": listed("ειδήσεις|κόσμος|πολιτική|οικονομία|ελλάδα"),
    "ht": listed("nouvèl|ayiti|mond|politik|ekonomi|sosyete"),
    "rw": listed("amakuru|u rwanda|uburundi|afurika|isi"),
    "ln": listed("sango|afrika|rdc"),
    "sn": listed("nhau|zimbabwe|nyika"),
    "nd": listed("izindaba|zimbabwe"),
    "bm": listed("kibaruyaw|mali|afirika"),
    "kmr": listed("nûçe|kurdistan|cîhan|tirkîye"),
    "ckb": listed("هەواڵ|کوردستان|عێراق|جیهان"),
    "de": listed("nachrichten|politik|wirtschaft|welt|gesellschaft|kultur"),
    "it": listed("notizie|mondo|politica|economia"),
    "pl": listed("wiadomości|świat|polityka|gospodarka"),
}
"""A line above the headline that is nothing but one of these names the section."""

DATE_WORDS: Table = {
    "en": listed(
        """
        date|published|updated|last updated|posted|posted on|published on|publish date|date published|created
        modified|at|on|by"""
    ),
    "ru": listed("дата|опубликовано|обновлено|дата публикации|в"),
    "uk": listed("дата|опубліковано|оновлено|о|об"),
    "be": listed("дата|апублікавана|абноўлена"),
    "bg": listed("дата|публикувано|обновена"),
    "mk": listed("датум|објавено"),
    "sr": listed("datum|objavljeno|ažurirano|објављено"),
    "sq": listed("data|publikuar|përditësuar"),
    "ro": listed("data|publicat|actualizat"),
    "hu": listed("dátum|megjelent|frissítve"),
    "hy": listed("ամսաթիվ|հրապարակվել է"),
    "az": listed("tarix|yayımlanıb"),
    "ka": listed("თარიღი|გამოქვეყნდა"),
    "fa": listed("تاریخ|منتشر شده|به‌روزرسانی"),
    "ps": listed("نېټه|خپور شوی"),
    "kk": listed("күні|жарияланған"),
    "ky": listed("күнү|жарыяланган"),
    "tg": listed("сана|нашр шуд"),
    "tk": listed("sene"),
    "uz": listed("сана|чоп этилди|sana"),
    "tt": listed("дата|басылган"),
    "crh": listed("tarih"),
    "ce": listed("дата"),
    "zh": listed("日期|发布|发布时间|更新|發佈|更新时间"),
    "es": listed("fecha|publicado|actualizado"),
    "pt": listed("data|publicado|atualizado"),
    "fr": listed("date|publié|publié le|mis à jour|mis à jour le"),
    "tr": listed("tarih|yayınlandı|güncellendi"),
    "id": listed("tanggal|diterbitkan|diperbarui"),
    "vi": listed("ngày|cập nhật|đăng ngày"),
    "ur": listed("تاریخ|شائع"),
    "sw": listed("tarehe"),
    "de": listed("datum|veröffentlicht"),
    "ko": listed("날짜|게시"),
    "th": listed("วันที่"),
}
"""What may stand before a date on its line."""

HEADINGS = listed(
    """
    key takeaways|key points|key findings|quick summary|summary|at a glance|overview|introduction|highlights|background
    table of contents|contents|in this article|what you need to know|tl;dr|the bottom line|abstract|the basics|the facts
    главное|коротко|введение|содержание|ключевые моменты|вступ|головне|зміст|kurz|auf einen blick|das wichtigste|inhalt
    zusammenfassung|einleitung|en bref|introducción|resumen|resumo|introdução|uvod|ukratko|sažetak"""
)
"""Headings that open texts and are no headlines."""
