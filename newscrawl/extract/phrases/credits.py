"""How a newsroom credits others at the end of a text; case-folded."""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

CREDIT_STARTS: Table = {
    "en": listed(
        """
        with reporting by|with reporting from|with additional reporting by|with additional reporting from
        additional reporting by|with contributions by|with contributions from|with material from
        with information from|based on reporting by|based on reporting from|based on the reporting by
        based on reports by|based on reports from|based on a report by|based on an article by
        based on a story by|based on stories by|based on an interview by|based on articles by
        compiled from reports by|compiled from|reporting by|reported by|report by
        some information for this report came from|some information for this report was provided by
        some information in this report came from|some information in this report is from
        some information for this report is from|some material for this report came from
        some material in this report came from|information for this report came from
        this report contains information from|this report includes information from
        this report was compiled from|this story contains material from|some information is from
        some information came from|some information was provided by|this story originated in
        this report originated in|contributors to this report include|contributors to this story include
        this report is based on reporting by|this report was based on reporting by
        this story is based on reporting by|this story was based on reporting by
        this article is based on reporting by|this article was based on reporting by|this report is based on a report by
        this story is based on a report by|this article is based on a report by|with reports from|with reports by
        includes reporting by|includes reporting from|includes information from|includes material from
        some information in this report was provided by|some of the information in this report came from
        some of the information for this report came from|material in this report came from|some material came from
        some material is from|this article includes information from|this story includes information from
        this article contains information from|this story contains information from|sources|source"""
    ),
    "ru": listed(
        """
        по материалам|по материалу|по сообщениям|по сообщению|по информации|по данным
        с использованием материалов
        с использованием сообщений|с использованием информации|при участии|на основе сообщений
        на основе материалов|на основании материалов|на основании сообщений|использованы материалы
        использованы сообщения|подготовлено по материалам|подготовлено на основе материалов
        материал подготовлен на основе сообщений|при подготовке материала использованы сообщения
        при подготовке материала использованы публикации|при подготовке материала использована информация
        при подготовке публикации использованы материалы|в материале использованы сообщения
        в материале использована информация|использована информация|материал подготовлен при участии
        на основе материала|источники|источник"""
    ),
    "uk": listed(
        """
        за матеріалами|за повідомленнями|за повідомленням|за інформацією|за даними|з використанням матеріалів
        з використанням повідомлень|з використанням інформації|на основі повідомлень|на основі матеріалів
        використано матеріали|використано повідомлення|матеріал підготовлено на основі повідомлень|на основі матеріалу
        матеріал підготовлено за участі|матеріал підготовлений за участі|за участі
        за участю|джерела|джерело"""
    ),
    "be": listed(
        """
        паводле матэрыялаў|паводле паведамленьняў|паводле паведамленняў|паводле інфармацыі|паводле
        на падставе паведамленьняў|на падставе паведамленняў|на падставе матэрыялаў|з выкарыстаньнем матэрыялаў
        з выкарыстаннем матэрыялаў|крыніцы|крыніца"""
    ),
    "bg": listed(
        """
        по материали на|по материал на|по материали от|по информация на|по информация от|по съобщения на
        с информация от|с материали на|с материали от|по публикации на|източници|източник"""
    ),
    "mk": listed(
        """
        според извештаи на|според извештаите на|врз основа на извештаи на|врз основа на извештаите на
        со информации од|подготвено според|извори|извор"""
    ),
    "sr": listed(
        """
        na osnovu izveštaja|na osnovu izvještaja|na osnovu pisanja|na osnovu izveštavanja
        na osnovu izvještavanja|prema izveštajima|prema izvještajima|prema pisanju|uz izveštavanje
        uz izvještavanje|uz izveštaje|uz izvještaje|izvori|izvor|извори|извор"""
    ),
    "sq": listed(
        """
        me raportime nga|me raportim nga|me raportimin e|me raportimet e|bazuar në raportimet e
        bazuar në raportimin e|bazuar në raporte nga|sipas raportimeve të|burimet|burimi"""
    ),
    "ro": listed(
        """
        cu informații de la|cu informații din|cu informaţii de la|cu relatări de la|pe baza relatărilor
        pe baza informațiilor|pe baza informaţiilor|sursele|sursa|surse"""
    ),
    "hu": listed("források|forrás"),
    "crh": listed("menbalar|menba"),
    "tt": listed("чыганаклар|чыганак"),
    "ce": (),
    "hy": listed("աղբյուրները|աղբյուրներ|աղբյուրը|աղբյուր"),
    "az": listed("mənbələr|mənbə"),
    "ka": listed("წყაროები|წყარო"),
    "fa": listed(
        """
        با استفاده از گزارش‌هایی از|با استفاده از گزارش های|با استفاده از گزارش‌های|با استفاده از گزارش
        با گزارش‌هایی از|بر اساس گزارش‌های|بر اساس گزارش های|بر اساس گزارش|براساس گزارش‌های|براساس گزارش
        بر پایه گزارش‌های|بر پایه گزارش‌هایی از|بر پایه گزارش|برگرفته از|منابع|منبع"""
    ),
    "ps": listed("سرچینې|سرچينې|سرچینه|سرچينه"),
    "kk": listed("дереккөздер|дереккөзі|дереккөз"),
    "ky": listed("булактар|булагы|булак"),
    "tg": listed(
        "бо истифода аз гузоришҳои|дар асоси гузоришҳои|бар асоси гузоришҳои|дар асоси маводи|манбаъҳо|манбаъ"
    ),
    "tk": listed("çeşmeler|çeşme"),
    "uz": listed("manbalar|manba|манбалар|манба"),
    "zh": listed("本文参考了|本文參考了|本文依据了|本文依據了|资料来源|資料來源|消息来源|消息來源|新闻来源|来源|來源"),
}
"""A whole paragraph at the end that begins so names sources."""

LABELS = frozenset(
    listed(
        """
        sources|source|источники|источник|джерела|джерело|крыніцы|крыніца|източници|източник|извори|извор|izvori
        izvor|burimet|burimi|sursele|sursa|surse|források|forrás|menbalar|menba|чыганаклар|чыганак|աղբյուրները
        աղբյուրներ|աղբյուրը|աղբյուր|mənbələr|mənbə|წყაროები|წყარო|منابع|منبع|سرچینې|سرچينې|سرچینه|سرچينه
        дереккөздер|дереккөзі|дереккөз|булактар|булагы|булак|манбаъҳо|манбаъ|çeşmeler|çeşme|manbalar|manba
        манбалар|манба|资料来源|資料來源|消息来源|消息來源|新闻来源|来源|來源"""
    )
)
"""Starts that are nouns: a colon (in Armenian ``՝``) must follow, else they begin a sentence."""

CREDIT_ENDS: Table = {
    "en": listed(
        """
        contributed to this report|contributed to this story|contributed to this article|contributed reporting
        was used in this report|contributed to the report|provided some information for this report
        provided information for this report"""
    ),
    "hu": listed("jelentései alapján|jelentése alapján|beszámolói alapján|hírei alapján|cikke alapján|alapján"),
    "tt": listed("материаллары нигезендә|хәбәрләре нигезендә|мәгълүматлары нигезендә"),
    "hy": listed("հաղորդագրությունների հիման վրա|նյութերի հիման վրա"),
    "az": listed("materialları əsasında|məlumatları əsasında|xəbərləri əsasında"),
    "ka": listed("მასალების მიხედვით|ცნობების მიხედვით|მასალებზე დაყრდნობით|ინფორმაციაზე დაყრდნობით"),
    "ps": listed("د راپورونو پر بنسټ|د راپورونو له مخې"),
    "kk": listed(
        """
        материалы негізінде|материалдары негізінде|материалдары бойынша|ақпараты негізінде|ақпараты бойынша
        ақпараттары бойынша|хабарлары негізінде"""
    ),
    "ky": listed(
        "маалыматтарынын негизинде|материалдарынын негизинде|маалыматтары боюнча|материалдары боюнча|кабарлары боюнча"
    ),
    "tk": listed("maglumatlary esasynda|habarlary esasynda|materiallary esasynda"),
    "uz": listed("materiallari asosida|xabarlari asosida|материаллари асосида|хабарлари асосида|маълумотлари асосида"),
    "zh": listed("的报道|的報道|的报导|的報導|为本文提供了部分信息|為本文提供了部分信息"),
}
"""Languages that put the words of the credit last, and English where the sources are the subject."""
