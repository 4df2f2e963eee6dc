"""Words around pictures: labels of credits, marks of pictures from the files; case-folded.

One table for each kind. They count in captions of pages (``captions``), in the closing days of captions (``dates``) and
in text-only copies (``plaintext.captions``); nothing else needs a change.
"""

from __future__ import annotations

import re

from newscrawl.extract.phrases import listed

CREDIT_LABELS = listed(
    """
    photo by|photos by|photo credit|photo courtesy of|photo courtesy|photo|photos|image by|image|courtesy of
    courtesy|credit|credits|image credit|image credits|image source|picture|pictures|picture by|photograph by
    photograph|photo illustration|copyright|by courtesy of|graphic by|graphic|video grab|screenshot|source
    фотография|фото|источник фото|автор фото|иллюстрация|світлина|джерело фото|ілюстрація|здымак|снимка|снимки
    фотографија|foto|fotografija|fotografi|fotografie|fotó|kép|fotoğraf|fotosurat|surat|сурат|сүрөт|сурет|рәсем
    акс|լուսանկարը|լուսանկար|ֆոտո|bild|bilder|bildquelle|fotos|quelle|symbolfoto|symbolbild|grafik|crédit
    crédits|crédit photo|photographie|crédito|fotografía|zdjęcie|zdjęcia|źródło|ფოტო|სურათი|عکس از|عکس|انځور
    图片来源|图片|圖片|資料圖片来源|photo source|foto de|foto por|fotografía de|fotografia de|foto:
    photos courtesy|courtesy photo|screen grab|screengrab|ảnh|hình|ภาพ|사진|تصویر|تصاویر|فوٹو|ছবি|picha|hoto
    sawir|ፎቶ|suuraa|foto arşivi|fotoğraflar|φωτογραφία|φωτο|φωτό|wêne|وێنە|ရုပ်ပုံ|ឯកឹងរូប|រូបថត|ຮູບ|ຮູບພາບ|པར་
    foto nga|foto autor|autor fotografije|fotografija autora|ілюстративна світлина|авторка фото|photographer
    fotograf|фотограф|зображення|изображение|ілюстраційна світлина|скриншот|скріншот|скрыншот|знімок екрана
    снимок экрана|скрин"""
)
"""What stands before the name of a photographer or an agency, with a colon or "by"."""

FROM_THE_FILES = listed(
    """
    file photo|file|undated file photo|archive|archive photo|архивное фото|архив|архивная фотография
    архівне фото|архів|архіўнае фота|архіў|архивна снимка|архивска фотографија|архива|arhiva
    arhivska fotografija|arhivski snimak|archivbild|archivfoto|symbolbild|symbolfoto|imagen de archivo
    foto d'archivio|zdjęcie ilustracyjne|ilustracija|illustrative photo|иллюстративное фото|ілюстраційне фото
    фото ілюстраційне|ілюстративне фото|arkiv|foto nga arkivi|arhivă|archív|archív fotó|arxiv foto|arxiv fotosu
    архив сүрөт|архив фотосы|көрнекі сурет|аксҳо аз бойгонӣ|արխիվ|არქივი|საარქივო ფოტო|عکس آرشیوی|آرشیو|آرشيف
    资料照|资料照片|資料照片|資料圖片|file picture|file image|file footage|stock photo|stock image
    photo from archives|from the archives|archival photo|archive picture|undated photo|archive image
    фото из архива|из архива|архивный снимок|архивное изображение|фото носит иллюстративный характер
    фото з архіву|з архіву|архівна світлина|архівний знімок|ілюстраційне зображення|архіўны здымак
    здымак з архіву|ілюстрацыйнае фота|ілюстрацыйны здымак|архив снимка|снимка от архива|илюстративна снимка
    илюстрация|архивска снимка|илустрација|фото од архива|архивски снимок|iz arhive|arhivska slika|arhivski
    ilustrativna fotografija|ilustrativni snimak|фотографија из архиве|foto arkivi|fotografi ilustruese
    fotografi nga arkivi|arkivë|foto ilustruese|foto de arhivă|imagine de arhivă|fotografie de arhivă
    foto arhivă|imagine ilustrativă|archív felvétel|archív kép|illusztráció|arhiv|arhiv fotosı|архив фоторәсеме
    архив рәсеме|архивдагы сүрөт|архивтегі сурет|архив суреті|көрнекілік|иллюстративдик сүрөт
    иллюстрациялық сурет|արխիվային լուսանկար|արխիվային|լուսանկարն արխիվից|arxivdən|arxiv şəkli|illüstrativ foto
    illüstrasiya|არქივიდან|ილუსტრაცია|საილუსტრაციო ფოტო|აქრიდან|عکس از آرشیو|تصویر آرشیوی|آرشیوی|عکس تزئینی
    عکس تزیینی|عکس ارشیف|عکس آرشیف|آرشیف|ارشیف|ارشيف|انځور ارشیف|د ارشیف انځور|پخوانی انځور|акс аз бойгонӣ
    аз бойгонӣ|акси бойгонӣ|arhiw surat|arhiwden|arhiw|архив сурат|архивдан|суратлар архивдан|arxiv surati
    arxivdan|档案照|檔案照|档案照片|檔案照片|档案图片|示意图|示意圖|资料图|資料圖|资料图片|foto de archivo
    fotografía de archivo|imagen de referencia|foto referencial|foto de arquivo|imagem de arquivo|foto arquivo
    photo d'archives|photo d’archives|image d'archives|photo d'illustration|arşiv|arşiv fotoğrafı|arşiv fotoğraf
    foto arsip|arsip|foto: dok|foto dok|ilustrasi|foto ilustrasi|ảnh tư liệu|hình tư liệu|tư liệu|ảnh lưu trữ
    ảnh minh họa|hình minh họa|แฟ้มภาพ|ภาพจากแฟ้ม|ภาพประกอบ|자료사진|자료 사진|فائل فوٹو|فائل فوٹوز|ফাইল ছবি
    ফাইল ফটো|αρχείο|φωτογραφία αρχείου|αρχείου|picha ya maktaba|picha ya kumbukumbu|hoton ajiya|tsohon hoto
    sawir hore|sawir keyd|ማህደር|foto achiv|achiv|ئەرشیف|وێنەی ئەرشیف|arşîv|wêneya arşîvê|မှတ်တမ်းဓာတ်ပုံ
    ရူပ်ပုံ မှတ်တမ်း|រូបឯកសារ|រូបភាពឯកសារ|ຮູບຈາກແຟ້ມ|ພາບເກັບກໍາໄວ້|archivaufnahme|archief|archiwum|archiwalne
    arkivfoto|ilustrační foto|ilustračné foto|archivní foto|archives|archivo|arquivo|maktaba|فائل|undated"""
)
"""What says that a picture is older than its story or no picture of it; part of the caption, never a credit."""

UNNAMED = frozenset(
    listed(
        """
    courtesy|courtesy image|courtesy photo|facebook|handout|instagram|odnoklassniki|public domain|screen grab
    screengrab|screenshot|social media|telegram|tiktok|twitter|video grab|vkontakte|youtube|скриншот|скріншот
    социальные сети|соцсети"""
    )
)
"""Credits that name nobody: where a picture was found."""

SHOWN = listed(
    """
    caption|photo caption|in the photo|in this photo|in the picture|in this picture|pictured|на фото|на снимке
    на архивном фото|на иллюстрации|на знімку|на світлині|на фотографії|на здымку|на фота|на фотографията
    на снимката|на фотографијата|na fotografiji|na slici|na snimku|në foto|në fotografi|în imagine|în fotografie
    în foto|a képen|a fotón|լուսանկարում|նկարում|şəkildə|fotoda|ფოტოზე|სურათზე|در عکس|در تصویر|په انځور کې
    суретте|сүрөттө|дар акс|suratda|суратда|рәсемдә|图为|圖為|图片说明|圖片說明|en la foto|en la imagen|na foto
    na imagem|sur la photo|sur cette photo|fotoğrafta|dalam foto|trong ảnh|trong hình|ในภาพ|사진 속|تصویر میں
    ছবিতে|στη φωτογραφία|katika picha|nan foto a|auf dem bild|nella foto|na zdjęciu"""
)
"""What may announce a caption in the text, with a colon."""

PICTURE_OPENINGS = listed(
    """
    in this photo|in this file photo|in this image|in this picture|in this handout|in this undated|in this still
    in this frame|this photo taken|this photo provided|this photo shows|this image shows|this image taken
    this image provided|this undated|this handout|this combination|this screenshot|this video grab
    this frame grab|a combination photo|a combination of|a combo photo|a screenshot|a screen grab|a video grab
    a still image|a still from|an image grab|an undated photo|an undated image|a file photo|an aerial view
    a general view|a view of|an image taken from|на этом фото|на этом снимке|на архивном снимке|на архивном фото
    скриншот|кадр из видео|стоп-кадр|вид на|на цьому фото|на цьому знімку|на архівному фото|на архівному знімку
    скріншот|кадр з відео|на тази снимка|на оваа фотографија|na ovoj fotografiji|na ovom snimku|në këtë foto
    în această fotografie|în această imagine|ezen a képen|այս լուսանկարում|bu fotoda|ამ ფოტოზე|در این عکس
    در این تصویر|نمایی از|تصویری از|په دې انځور کې|бул сүрөттө|бұл суретте|дар ин акс|bu suratda|бу суратда
    这张照片|這張照片|图为|圖為|en esta foto|en esta imagen|imagen de archivo|nesta foto|nesta imagem
    sur cette photo|cette photo|bu fotoğrafta|dalam foto ini|trong bức ảnh|trong ảnh này|ในภาพ|이 사진|اس تصویر"""
)
"""How a caption may open that says what kind of picture it is."""

SEEN = listed(
    """
    (left)|(right)|(center)|(centre)|(l)|(r)|(second left)|(second right)|(front)|, left,|, right,|, center,
    (left),|(right),|left to right|from left|from right|is pictured|are pictured|is seen|are seen
    can be seen in this|in this undated|in an undated|in this handout|in this file|in this image|in this photo
    taken from video|frame grab|image taken from|image from video|screengrab from|seen in this|poses for
    pose for|pose with|undated photo|a combination photo|combo photo|(слева)|(справа)|(в центре)|слева направо
    (ліворуч)|(праворуч)|(у центрі)|(зліва)|зліва направо|(зьлева)|(вляво)|(вдясно)|(лево)|(десно)|(lijevo)
    (levo)|(desno)|(u sredini)|(majtas)|(djathtas)|(stânga)|(dreapta)|(balra)|(jobbra)|(balról)|(ձախից)|(աջից)
    (solda)|(sağda)|(მარცხნივ)|(მარჯვნივ)|(چپ)|(راست)|(سمت چپ)|(سمت راست)|(ښي)|(کیڼ)|(сол жақта)|(оң жақта)
    (солдо)|(оңдо)|(чапда)|(ўнгда)|（左）|（右）|(左)|(右)|(izquierda)|(derecha)|(izq.)|(der.)|(esquerda)
    (direita)|(à gauche)|(à droite)|(kiri)|(kanan)|(trái)|(phải)|(ซ้าย)|(ขวา)|(왼쪽)|(오른쪽)|(αριστερά)|(δεξιά)
    (kushoto)|(kulia)|(links)|(rechts)"""
)
"""What tells where in a picture somebody stands, or how the picture was made."""


def any_of(phrases: tuple[str, ...]) -> str:
    """Return a regular expression for any of ``phrases``, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


REPORTING = listed(
    """
    said|says|told|according to|added|announced|reported|сообщил|заявил|сказал|по словам|по данным|рассказал|отметил
    повідоми|заяви|сказа|за словами|розпові|паведамі|заяві|паводле|каза|съобщи|заяви|според|изјави|рече|изјавио|rekao
    rekla|izjavi|prema|rekli|tha |tha.|deklaroi|sipas|spus|declarat|potrivit|mondta|közölte|szerint|ասել է|հայտնել|dedi
    bildirib|deyib|თქვა|განაცხადა|گفت|گفته|افزود|وویل|ویلي|айтты|деді|билдирди|деди|гуфт|diýdi|dedi|说|說|表示|dijo
    según|disse|segundo|selon|söyledi|kata|mengatakan|cho biết|กล่าว|말했|کہا|বলেন|alisema|sagte|zufolge"""
)
"""Words of reporting: a sentence with one of them is text, though it stands there twice."""
