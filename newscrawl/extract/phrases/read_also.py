"""What begins a pointer to another story: "Read also: …", a label on a line above a title; case-folded.

The only table of such phrases. What is added here counts in pages (``body.read_also``, ``body.boilerplate``) and in
text-only copies; nothing else needs a change. Words that may open a sentence ("watch", "listen", "related") count only
with a colon or in capitals: ``read_also_labels.label_forms`` leaves them out.
"""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

ALSO_READ: Table = {
    "en": listed(
        """
        read this|see also this|you may also like|you might also like|don't miss|more on this story
        more on this topic|see related|see related story|also read this|also see|also watch|also listen
        also on rfe/rl|more on this|related story|related stories|related article|related coverage|read next
        up next|read also|see also|also read|read more|watch also|watch|listen|related|also by this author
        see more|watch more|listen also"""
    ),
    "ru": listed(
        """
        читайте|что ещё почитать|что еще почитать|читайте подробнее|читайте подробнее на эту тему
        другие новости по теме|материалы по теме|больше на эту тему|на эту тему|ещё по теме|еще по теме
        смотри также|читайте также|читать также|смотрите также|слушайте также|также по теме|по теме|подробнее
        читайте ещё|читайте еще|также читайте|читайте по теме|читать по теме|смотрите ещё|смотрите еще"""
    ),
    "uk": listed(
        """
        читайте|більше новин|більше за темою|читайте більше|дізнайтеся більше|дивіться|на цю тему|ще на цю тему
        читайте також|дивіться також|слухайте також|більше на цю тему|докладніше|читайте ще|також читайте
        читайте за темою|дивіться ще"""
    ),
    "be": listed(
        """
        больш па тэме|па гэтай тэме|чытайце пра гэта|чытайце таксама|глядзіце таксама|слухайце таксама
        чытайце па тэме|чытайце яшчэ|глядзіце яшчэ|таксама чытайце"""
    ),
    "bg": listed(
        """
        още по темата|по темата|прочетете повече|прочетете тук|вижте повече|прочетете още|прочетете също
        вижте още|вижте също|чуйте още|гледайте още|четете още|прочетете и|вижте и"""
    ),
    "mk": listed(
        """
        поврзани содржини|поврзани текстови|видете повеќе|читајте повеќе|слушнете и|прочитајте и
        прочитајте повеќе|видете и|погледнете и|читајте и|прочитајте уште"""
    ),
    "sr": listed(
        """
        vezani sadržaj|povezani tekstovi|povezano|vidi više|pročitajte ovde|pogledajte više|прочитајте и
        погледајте и|pročitajte i|pročitajte još|pročitajte i ovo|pročitajte više|pogledajte i|pogledajte još
        vidi još|čitajte i|čitajte još|čitajte više|vidi i|vidite i|pogledajte i ovo|vidi i ovo|vezani tekstovi"""
    ),
    "sq": listed(
        """
        shih më shumë|lexoni gjithashtu|shikoni më shumë|lexo gjithashtu|të ngjashme|lexo edhe|lexoni edhe
        shikoni edhe|lexoni më shumë|shih edhe|shihni edhe|lexo më shumë"""
    ),
    "ro": listed(
        """
        citește mai departe|citiți mai multe|vezi mai multe|mai multe pe această temă|pe aceeași temă|citiți și
        citiţi şi|citește și|citeşte şi|vedeți și|vezi și|vezi şi|citește mai mult|citiți mai mult
        citeşte mai mult"""
    ),
    "hu": listed(
        """
        olvasd el|kapcsolódó|kapcsolódó cikkek|ezt is ajánljuk|további cikkek a témában|olvasd el ezt is
        olvassa el ezt is|lásd még|kapcsolódó cikkünk|olvasd tovább|olvassa tovább|nézd meg ezt is"""
    ),
    "crh": listed("müvafıq haberler|bundan da oquñız|oquñız|bunı da oquñız|baqıñız"),
    "tt": listed("моны да карагыз|шулай ук карагыз|темага карата|моны да укыгыз|шулай ук укыгыз"),
    "hy": listed("կարդացեք նաեւ|կարդացեք ավելին|տեսեք նաեւ|թեմայի շուրջ|կարդացեք նաև|դիտեք նաև|տես նաև|տեսեք նաև"),
    "az": listed(
        """
        həmçinin baxa bilərsiniz|həmçinin oxuya bilərsiniz|ətraflı oxuyun|daha ətraflı|həmçinin oxu|həmçinin bax
        həmçinin oxuyun|bunu da oxu|bunu da oxuyun|həmçinin baxın"""
    ),
    "ka": listed(
        """
        წაიკითხეთ მეტი|ნახეთ ასევე|იხილეთ მეტი|ამავე თემაზე|თემაზე მეტი|ასევე ნახეთ|ასევე წაიკითხეთ
        წაიკითხეთ აგრეთვე|იხილეთ აგრეთვე|იხილეთ ასევე|ნახეთ აგრეთვე|წაიკითხეთ ასევე"""
    ),
    "fa": listed(
        """
        بیشتر در این باره|در این باره بخوانید|این را هم بخوانید|بیشتر ببینید|مطالب مرتبط|همچنین ببینید
        در همین باره|همچنان بخوانید|بیشتر در این مورد|در این مورد بیشتر بخوانید|بیشتر بخوانید
        در این زمینه بیشتر بخوانید|در همین زمینه|همچنین بخوانید|در همین رابطه|در این باره بیشتر بخوانید"""
    ),
    "ps": listed("نور یې ولولئ|لا زیات ولولئ|دا هم وګورئ|اړوند خبرونه|همدا راز ولولئ|نور ولولئ|دا هم ولولئ"),
    "kk": listed(
        """
        осы тақырыпта|тағы да оқыңыз|осы тақырып бойынша|бұл да қызық|оқи отырыңыз|тағы оқыңыз|сондай-ақ оқыңыз
        тағы қараңыз|сондай-ақ қараңыз"""
    ),
    "ky": listed(
        """
        ушул эле темада|ушул темада|кошумча окуңуз|дагы окуңуз|ошондой эле окуңуз|дагы караңыз
        ошондой эле караңыз"""
    ),
    "tg": listed("инчунин бихонед|дар ин мавзӯъ|бештар бихонед|ҳамчунин бинед|инро ҳам бихонед|ҳамчунин бихонед"),
    "tk": listed("şeýle hem görüň|bu tema boýunça|has giňişleýin|şeýle-de okaň|şeýle hem okaň"),
    "uz": listed(
        """
        ўқинг|мавзуга оид|шу мавзуда|батафсил ўқинг|yana oʻqing|shuningdek oʻqing|mavzuga oid|яна ўқинг
        шунингдек ўқинг|yana o‘qing|shuningdek o‘qing|яна кўринг|бу мавзуда яна ўқинг"""
    ),
    "zh": listed(
        """
        另请阅读|相关阅读|延伸阅读|延伸閱讀|相關閱讀|相关报道|相關報道|相關報導|另請參閱|参见|參見|更多相关内容
        您可能还想看"""
    ),
    "bn": listed("আরও পড়ুন|আরো পড়ুন|আরও দেখুন|আরো দেখুন|সম্পর্কিত খবর"),
    "ur": listed("یہ بھی پڑھیے|یہ بھی پڑھیں|یہ بھی پڑھئے|مزید پڑھیے|مزید پڑھیں|یہ بھی دیکھیے|یہ بھی دیکھیں"),
    "id": listed("baca juga|lihat juga|simak juga|baca selengkapnya|berita terkait|tonton juga"),
    "vi": listed("xem thêm|đọc thêm|xem tiếp|tin liên quan|bài liên quan|mời xem thêm|mời đọc thêm"),
    "th": listed("อ่านเพิ่มเติม|อ่านข่าวเพิ่มเติม|ข่าวที่เกี่ยวข้อง|ดูเพิ่มเติม|อ่านต่อ"),
    "lo": listed("ອ່ານເພີ້ມຕື່ມ|ອ່ານເພີ່ມເຕີມ|ອ່ານຂ່າວນີ້ເພີ້ມຕື່ມເປັນພາສາອັງກິດ|ເບິ່ງເພີ້ມຕື່ມ"),
    "km": listed("អាន​បន្ថែម|អានបន្ថែម|សូមអានបន្ថែម|អត្ថបទទាក់ទង|មើលបន្ថែម"),
    "my": listed("ဆက်စပ်သတင်း|ဆက်စပ်သတင်းများ|ဆက်လက်ဖတ်ရှုရန်|ထပ်မံဖတ်ရှုရန်"),
    "bo": listed("འབྲེལ་ཡོད་གསར་འགྱུར|འབྲེལ་ཡོད་ཀྱི་གསར་འགྱུར"),
    "ko": listed("관련 기사|관련기사|함께 보기|더 보기|이 기사도 읽어 보세요"),
    "ja": listed("関連記事|あわせて読みたい|こちらもお読みください"),
    "tr": listed("ayrıca bakın|ayrıca oku|ayrıca okuyun|bunu da okuyun|bunlara da bakabilirsiniz|ilgili haberler"),
    "kmr": listed("herwiha bixwîne|herwiha bixwînin|her wiha bixwîne|bixwînin"),
    "ckb": listed("هەروەها بخوێنەوە|هەروەها بخوێننەوە|زیاتر بخوێنەوە|زیاتر ببینە"),
    "el": listed("διαβάστε επίσης|δείτε επίσης|διαβάστε ακόμα|διαβάστε ακόμη|διαβάστε περισσότερα|σχετικά άρθρα"),
    "es": listed(
        """
        lea también|lee también|lea además|lea más|vea también|vea además|ver también|le puede interesar
        te puede interesar|le recomendamos|noticias relacionadas|también puede leer"""
    ),
    "pt": listed("leia também|veja também|ver também|leia mais|leia ainda|saiba mais|notícias relacionadas"),
    "fr": listed(
        """
        lire aussi|à lire aussi|a lire aussi|lire également|voir aussi|à voir aussi|écouter aussi|lire la suite"""
    ),
    "ht": listed("li tou|gade tou|wè tou|gade plis"),
    "sw": listed("soma pia|soma zaidi|tazama pia|angalia pia|soma hapa|habari zinazohusiana"),
    "ha": listed("karin bayani|karanta kuma|karanta wannan|duba kuma|karin labarai"),
    "so": listed("sidoo kale akhri|sidoo kale akhriso|akhri sidoo kale|sidoo kale daawo|akhriso sidoo kale"),
    "am": listed("ተጨማሪ ያንብቡ|በተጨማሪ ያንብቡ|ተያያዥ ዜናዎች|ይህንንም ያንብቡ"),
    "ti": listed("ተወሳኺ ኣንብብ|ተወሳኺ ኣንብቡ|ተወሳኺ ጽሑፋት|ተዛማዲ ዜና"),
    "om": listed("dabalata dubbisaa|itti dabalaa dubbisaa|kana illee dubbisaa|oduu kana waliin walqabatu"),
    "rw": listed("soma kandi|soma n'ibi|andi makuru|soma ibikurikira"),
    "ln": listed("tanga lisusu|tala lisusu"),
    "sn": listed("verengai zvakare|verenga zvakare|verengai zvimwe"),
    "nd": listed("bala futhi|funda futhi|bala okunye"),
    "bm": listed("kalan fana|filɛ fana"),
    "de": listed("lesen sie auch|lesen sie mehr|mehr zum thema|siehe auch|auch interessant|lesen sie hier"),
    "it": listed("leggi anche|leggi tutto|guarda anche|approfondisci|vedi anche"),
    "pl": listed("czytaj też|czytaj także|zobacz też|zobacz także|przeczytaj też|czytaj więcej"),
    "cs": listed("čtěte také|čtěte i|přečtěte si také|přečtěte si|viz také"),
    "sk": listed("čítajte aj|prečítajte si aj|pozrite aj"),
    "nl": listed("lees ook|lees meer|bekijk ook|zie ook"),
    "ar": listed("اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|شاهد أيضا|شاهد أيضاً|اقرأ المزيد|مواضيع ذات صلة"),
}
"""A short paragraph that begins so, with a colon or in capitals, points to another story."""
