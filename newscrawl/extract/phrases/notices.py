"""Notices that stand beside a story: for readers in Russia, before sensitive pictures, glossaries; case-folded.

Read by :mod:`newscrawl.extract.plaintext.notices` alone, which says how much of a paragraph must agree.
"""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

IF_IN_RUSSIA: Table = {
    "en": listed("if you are in russia"),
    "ru": listed(
        """
        если вы находитесь в россии|если вы живете в россии|если вы живёте в россии|если вы в россии
        находясь в россии"""
    ),
    "uk": listed("якщо ви перебуваєте в росії|якщо ви в росії|якщо ви знаходитеся в росії|якщо ви живете в росії"),
    "be": listed("калі вы знаходзіцеся ў расіі|калі вы ў расіі|калі вы жывяце ў расіі"),
    "tt": listed("әгәр сез русиядә|сез русиядә|әгәр дә сез русиядә"),
    "ce": listed("нагахь шу россехь|шу россехь"),
    "crh": listed("eger siz rusiyede|siz rusiyede"),
    "az": listed("əgər siz rusiyada|rusiyadasınızsa"),
    "hy": listed("եթե դուք ռուսաստանում|եթե ռուսաստանում"),
    "ka": listed("თუ თქვენ იმყოფებით რუსეთში|თუ რუსეთში"),
    "kk": listed("егер сіз ресейде|ресейде болсаңыз"),
    "ky": listed("эгер сиз орусияда|эгер сиз россияда"),
    "tg": listed("агар шумо дар русия"),
    "tk": listed("eger siz russiýada|eger siz orsýetde"),
    "uz": listed("агар сиз россияда|agar siz rossiyada"),
    "ro": listed("dacă vă aflați în rusia|dacă sunteți în rusia"),
    "bg": listed("ако се намирате в русия|ако сте в русия"),
    "mk": listed("ако сте во русија|ако се наоѓате во русија"),
    "sr": listed("ako ste u rusiji|ako se nalazite u rusiji"),
    "sq": listed("nëse jeni në rusi|nëse ndodheni në rusi"),
    "hu": listed("ha ön oroszországban|ha oroszországban"),
    "fa": listed("اگر در روسیه|چنانچه در روسیه"),
    "ps": listed("که تاسو په روسیه|که تاسې په روسیه"),
    "zh": listed("如果您在俄罗斯|如果您身在俄罗斯|如果您在俄羅斯"),
}
"""How the second sentence of the notice of an "undesirable organization" begins."""

UNDESIRABLE: Table = {
    "en": listed("undesirable organization|undesirable organisation"),
    "ru": listed(
        """
        нежелательной организацией|нежелательная организация|нежелательной организации
        нежелательными организациями"""
    ),
    "uk": listed("небажаною організацією|небажана організація|небажаної організації"),
    "be": listed("непажаданай арганізацыяй|непажаданая арганізацыя|непажаданай арганізацыі"),
    "tt": listed("теләмәгән оешма|кирәкмәгән оешма|теләнмәгән оешма"),
    "ce": listed("лууш йоцу организаци|лаам боцу организаци"),
    "crh": listed("istenilmegen teşkilât|istenmegen teşkilât"),
    "az": listed("arzuolunmaz təşkilat|arzuedilməz təşkilat"),
    "hy": listed("անցանկալի կազմակերպություն"),
    "ka": listed("არასასურველ ორგანიზაცი"),
    "kk": listed("қалаусыз ұйым|жағымсыз ұйым"),
    "ky": listed("жагымсыз уюм|каалабаган уюм"),
    "tg": listed("ташкилоти номатлуб|созмони номатлуб"),
    "tk": listed("islenilmeýän gurama"),
    "uz": listed("номақбул ташкилот|истalmagan|nomaqbul tashkilot|исталмаган ташкилот"),
    "ro": listed("organizație indezirabilă|organizaţie indezirabilă"),
    "bg": listed("нежелана организация"),
    "mk": listed("непожелна организација"),
    "sr": listed("nepoželjna organizacija|nepoželjnom organizacijom|непожељна организација"),
    "sq": listed("organizatë e padëshirueshme|organizatë të padëshirueshme"),
    "hu": listed("nemkívánatos szervezet"),
    "fa": listed("سازمان نامطلوب|نهاد نامطلوب"),
    "ps": listed("ناغوښتل شوی سازمان|نامطلوب سازمان"),
    "zh": listed("不受欢迎组织|不受欢迎的组织|不受歡迎組織"),
}
"""What its first sentence says of the publisher."""

SENSITIVE: Table = {
    "en": listed(
        """
        this image contains sensitive content|this video contains sensitive content
        this photo contains sensitive content|this content contains sensitive|warning: this|warning: graphic
        warning: viewers may find|warning: readers may find|warning: contains|viewer discretion is advised
        viewer discretion advised|some viewers may find|some people may find the|note: this video contains
        caution: graphic"""
    ),
    "ru": listed(
        """
        изображение содержит|это изображение содержит|это видео содержит|внимание! видео содержит
        внимание! изображение содержит|внимание: видео содержит|осторожно! видео содержит|осторожно, шокирующие
        предупреждение: видео содержит"""
    ),
    "uk": listed(
        """
        зображення містить|це зображення містить|це відео містить|увага! відео містить|увага! зображення містить
        попередження: відео містить|обережно! відео містить"""
    ),
    "be": listed("гэтая выява зьмяшчае|гэтае відэа зьмяшчае|увага! відэа зьмяшчае"),
    "bg": listed("това изображение съдържа|внимание! видеото съдържа|предупреждение: кадрите"),
    "mk": listed("оваа фотографија содржи|предупредување: ова видео"),
    "sr": listed(
        """
        ova fotografija sadrži|ovaj snimak sadrži|upozorenje: snimak|upozorenje: fotografija
        upozorenje: uznemirujući"""
    ),
    "sq": listed("kjo pamje përmban|kjo fotografi përmban|paralajmërim: pamje"),
    "ro": listed("această imagine conține|atenție! imaginile|avertisment: imagini"),
    "hu": listed("ez a kép érzékeny|figyelmeztetés: a videó"),
    "hy": listed("այս նկարը պարունակում է|ուշադրություն՝ տեսանյութը"),
    "az": listed("bu şəkil həssas|diqqət! video"),
    "ka": listed("ეს ფოტო შეიცავს|გაფრთხილება: ვიდეო"),
    "fa": listed("این تصویر حاوی|هشدار: این ویدئو|هشدار: این تصاویر|هشدار: این تصویر"),
    "ps": listed("خبرداری: دا ویډیو|په دې انځور کې"),
    "kk": listed("бұл суретте|ескерту: видеода"),
    "ky": listed("бул сүрөттө|эскертүү: видеодо"),
    "tg": listed("огоҳӣ: ин видео"),
    "uz": listed("огоҳлантириш: видеода|диққат! видеода"),
    "tk": listed("duýduryş: wideoda"),
    "zh": listed("此图片包含敏感内容|警告：|此圖片包含敏感內容"),
    "es": listed("esta imagen contiene contenido sensible|advertencia: imágenes|advertencia: este video"),
    "pt": listed("esta imagem contém conteúdo sensível|aviso: imagens|atenção: imagens"),
    "fr": listed("cette image contient|attention : images|avertissement : images"),
    "tr": listed("bu görsel hassas içerik|uyarı: bu görüntüler"),
    "id": listed("gambar ini mengandung konten sensitif|peringatan: gambar"),
    "vi": listed("hình ảnh này chứa nội dung nhạy cảm|cảnh báo: hình ảnh"),
    "ur": listed("انتباہ: اس ویڈیو"),
    "el": listed("προειδοποίηση: σκληρές εικόνες"),
}
"""How a notice before a sensitive picture or recording begins."""

GLOSSARY = listed(
    "words in this story|words in the story|words in this lesson|words in this article|vocabulary in this story"
)
"""What stands above the glossary of Learning English: the text ends there."""
