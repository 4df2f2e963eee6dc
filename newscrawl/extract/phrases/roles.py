"""What a note about the author says: professions of journalists, what they do; case-folded, by their stems.

Read by :mod:`newscrawl.extract.plaintext.bios` alone, which says how much of a paragraph must agree.
"""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

ROLES: Table = {
    "en": listed(
        """
        correspondent|reporter|journalist|editor|producer|columnist|analyst|bureau chief|broadcaster|contributor
        researcher|blogger|photographer|photojournalist|stringer|freelancer|host of|fact-checker|anchor"""
    ),
    "ru": listed(
        """
        корреспондент|журналист|обозреватель|редактор|ведущий|ведущая|публицист|колумнист|фотограф|продюсер
        репортер|репортёр"""
    ),
    "uk": listed(
        """
        кореспондент|журналіст|оглядач|редактор|ведучий|ведуча|репортер|публіцист|продюсер|авторка|автор"""
    ),
    "be": listed("карэспандэнт|журналіст|аглядальнік|рэдактар|вядоўца|вядучы|рэпартэр"),
    "bg": listed("кореспондент|журналист|редактор|репортер|водещ|автор"),
    "mk": listed("новинар|уредник|репортер|дописник|водител"),
    "sr": listed("novinar|urednik|urednica|dopisnik|dopisnica|reporter|voditelj|новинар|уредник"),
    "sq": listed("gazetar|korrespondent|redaktor|reporter|producent"),
    "ro": listed("jurnalist|corespondent|reporter|redactor|editor|producător|moderator"),
    "hu": listed("újságíró|szerkesztő|tudósító|riporter|munkatárs"),
    "hy": listed("լրագրող|թղթակից|խմբագիր|հաղորդավար"),
    "az": listed("jurnalist|müxbir|redaktor|reportyor|aparıcı"),
    "ka": listed("ჟურნალისტ|კორესპონდენტ|რედაქტორ|წამყვან"),
    "fa": listed("خبرنگار|روزنامه‌نگار|روزنامه نگار|گزارشگر|سردبیر|تحلیلگر|مجری|تهیه‌کننده"),
    "ps": listed("خبریال|ژورنالیست|ژورنالېست|خبريال|ویاند"),
    "kk": listed("тілші|журналист|редактор|шолушы"),
    "ky": listed("кабарчы|журналист|редактор|баяндамачы"),
    "tg": listed("хабарнигор|рӯзноманигор|журналист|муҳаррир"),
    "tk": listed("žurnalist|habarçy|redaktor"),
    "uz": listed("журналист|мухбир|муҳаррир|muxbir|jurnalist|muharrir"),
    "tt": listed("журналист|хәбәрче|мөхәррир|редактор"),
    "crh": listed("jurnalist|muhbir|muharrir"),
    "ce": listed("журналист|корреспондент|редактор"),
    "zh": listed("记者|記者|编辑|編輯|撰稿人|主持人|特约"),
    "es": listed("corresponsal|periodista|reporter|editor|productor|redactor"),
    "pt": listed("correspondente|jornalista|repórter|editor|produtor"),
    "fr": listed("correspondant|journaliste|reporter|rédact"),
    "tr": listed("muhabir|gazeteci|editör|yapımcı"),
    "id": listed("wartawan|jurnalis|koresponden|reporter|editor"),
    "vi": listed("phóng viên|nhà báo|biên tập viên|thông tín viên"),
    "th": listed("ผู้สื่อข่าว|นักข่าว|บรรณาธิการ"),
    "ko": listed("기자|특파원|편집장"),
    "ur": listed("صحافی|رپورٹر|نامہ نگار|ایڈیٹر"),
    "bn": listed("সাংবাদিক|প্রতিবেদক|সম্পাদক"),
    "sw": listed("mwandishi|ripota|mhariri"),
    "ha": listed("ɗan jarida|dan jarida|wakili"),
    "so": listed("wariye|saxafi|tifaftire"),
    "am": listed("ጋዜጠኛ|ዘጋቢ"),
    "el": listed("δημοσιογράφος|ανταποκριτ|συντάκτ"),
    "ht": listed("jounalis|repòtè"),
    "de": listed("journalist|korrespondent|redakteur|reporter"),
}
"""Professions."""

WORK: Table = {
    "en": listed(
        """
        covers|covering|focuses on|focusing on|reports on|writes about|specializes in|specialises in|writes for
        reporting on|has reported|has covered|based in|she can be reached|he can be reached|can be reached
        follow her|follow him|follow them|previously|joined rfe|joined voa"""
    ),
    "ru": listed(
        """
        пишет о|освещает|специализируется|работает в|занимается|автор книг|сотрудничает|родился|родилась|окончил
        окончила|ведет|ведёт"""
    ),
    "uk": listed(
        """
        пише про|висвітлює|спеціалізується|працює в|працює на|співпрацює|закінчив|закінчила|народилася|народився
        у журналістиці"""
    ),
    "be": listed("піша пра|асьвятляе|працуе|нарадзіўся|нарадзілася|скончыў|скончыла"),
    "bg": listed("пише за|отразява|работи в|работи за|завършил"),
    "mk": listed("пишува за|известува|работи"),
    "sr": listed("piše o|piše za|prati|radi u|radi za|izveštava|izvještava|bavi se|diplomirao|diplomirala|rođen"),
    "sq": listed("shkruan për|mbulon|punon|raporton"),
    "ro": listed("scrie despre|scrie pentru|acoperă|lucrează|a absolvit|s-a născut|colaborează|realizează"),
    "hu": listed("dolgozik|ír a|foglalkozik|tudósít|szerkesztője|munkatársa|végzett"),
    "hy": listed("գրում է|լուսաբանում|աշխատում է"),
    "az": listed("yazır|işləyir|işıqlandırır"),
    "ka": listed("წერს|აშუქებს|მუშაობს"),
    "fa": listed("می‌نویسد|پوشش می‌دهد|کار می‌کند|فعالیت می‌کند|متولد|فارغ‌التحصیل"),
    "ps": listed("لیکي|کار کوي|پوښښ"),
    "kk": listed("жазады|жұмыс істейді|туған|бітірген"),
    "ky": listed("жазат|иштейт|туулган|бүтүргөн"),
    "tg": listed("менависад|кор мекунад"),
    "tk": listed("ýazýar|işleýär"),
    "uz": listed("ёзади|ишлайди|yozadi|ishlaydi"),
    "tt": listed("яза|эшли"),
    "zh": listed("负责|負責|报道|報道|常驻"),
    "es": listed("cubre|escribe sobre|se especializa|trabaja"),
    "pt": listed("cobre|escreve sobre|trabalha"),
    "fr": listed("couvre|écrit sur|travaille"),
    "tr": listed("yazıyor|çalışıyor|haberler yapıyor"),
    "id": listed("meliput|menulis"),
    "sw": listed("anaandika|anaripoti"),
    "de": listed("berichtet|schreibt über"),
}
"""What a note says of the work and the life of its author."""
