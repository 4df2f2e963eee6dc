"""Boilerplate of the page by kind, case-folded: whole paragraphs of text-only copies, and of pages that hold it.

A table for each kind of phrase. What is added to one of them counts in pages (``body.boilerplate``) and in text-only
copies; nothing else needs a change. Phrases that point to another story are in :mod:`.read_also`, whole sentences that
promote or warn in :mod:`.notices`.
"""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

ACCESS: Table = {
    "en": listed(
        """
        accessibility links|skip to main content|skip to main navigation|skip to search|turn on javascript"""
    ),
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
    "sr": listed(
        """
        dostupni linkovi|pređite na glavni sadržaj|pređi na glavni sadržaj|idite na glavni sadržaj
        linkovi za pristup"""
    ),
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
    "zh": listed(
        """
        无障碍链接|無障礙鏈接|无障碍連結|跳转到内容|跳轉到內容|跳转到导航|跳轉到導航|跳转到检索|跳轉到檢索"""
    ),
    "ko": listed("연결 가능 링크|메인 콘텐츠로 이동|메인 네비게이션으로 이동|검색으로 이동"),
    "es": listed("enlaces de accesibilidad|salte al contenido principal|salte a navegación|salte a búsqueda"),
    "pt": listed("links de acesso|ir para o artigo principal|ir para a navegação principal|ir para a pesquisa"),
    "fr": listed("liens d'accessibilité|menu principal|retour à la navigation|retour à la recherche"),
    "tr": listed("erişilebilirlik|ana içeriğe geç|ana navigasyona geç|aramaya geç"),
    "id": listed("tautan-tautan akses|lanjut ke konten utama|ke navigasi utama|ke pencarian"),
    "vi": listed(
        """
        đường dẫn truy cập|tới nội dung chính|đi tới nội dung chính|đi tới điều hướng chính|đi đến tìm kiếm"""
    ),
    "th": listed("ลิ้งค์เชื่อมต่อ|ข้ามไปเนื้อหาหลัก|ข้ามไปหน้าหลัก"),
    "sw": listed("viungo vinavyofikika|nenda habari kuu|nenda ukurasa mkuu|nenda kwenye tafuta"),
    "ur": listed("ایکسیسیبیلیٹی لنکس|مرکزی مواد پر جائیں|مرکزی نیویگیشن پر جائیں|تلاش پر جائیں"),
    "bn": listed("অ্যাকসেসিবিলিটি লিংক|প্রধান কন্টেন্টে যান"),
    "el": listed("σύνδεσμοι προσβασιμότητας"),
    "km": listed("ភ្ជាប់​ទៅ​គេហទំព័រ​ទាក់ទង"),
    "lo": listed("ລິ້ງ ສຳຫລັບເຂົ້າຫາ"),
    "my": listed("သတင်းလမ်းကြောင်းလင့်ခ်များ"),
    "ht": listed("lyen aksè"),
}
"""The links at the top of every page for those who cannot see it; Tatar, Georgian, Kazakh pages have English ones."""

SHARE: Table = {
    "en": listed(
        """
        share|share this|share on facebook|share on twitter|share on x|share on whatsapp|share on telegram
        share via email|share this page|facebook|twitter|telegram|whatsapp|viber|vkontakte|linkedin|email|e-mail
        x|copy link|copy to clipboard|link copied|link has been copied|share this article|share this story
        share with friends|share to facebook|share to twitter|tweet|send|share on linkedin|share on reddit"""
    ),
    "ru": listed(
        """
        поделиться|поделиться в facebook|поделиться в twitter|ссылка скопирована|поделиться в telegram
        поделиться в x|поделиться в whatsapp|переслать|отправить"""
    ),
    "uk": listed("поділитися|поділитись|поширити"),
    "be": listed("падзяліцца"),
    "bg": listed("споделяне|сподели"),
    "mk": listed("сподели"),
    "sr": listed("podijelite|podelite|podijeli|podeli|podeli na facebook|podijeli na facebook"),
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
    "es": listed("compartir|comparta|compartir en facebook"),
    "pt": listed("partilhar|compartilhar"),
    "fr": listed("partager|partager sur facebook"),
    "tr": listed("paylaş|bu haberi paylaşın"),
    "id": listed("bagikan|bagi"),
    "vi": listed("chia sẻ"),
    "th": listed("แชร์"),
    "ko": listed("공유|공유하기"),
    "sw": listed("shiriki|sambaza"),
    "ha": listed("yada"),
    "so": listed("la wadaag"),
    "ur": listed("شیئر کریں|شیئر"),
    "bn": listed("শেয়ার করুন|শেয়ার"),
    "el": listed("κοινοποίηση|μοιραστείτε"),
    "my": listed("မျှဝေပါ|မျှဝေ"),
    "km": listed("ចែករំលែក|​ចែករំលែក"),
    "lo": listed("ແບ່ງປັນ"),
    "am": listed("ያጋሩ|አጋሩ"),
    "ti": listed("ኣካፍል"),
    "ht": listed("pataje"),
    "rw": listed("sangiza"),
    "kmr": listed("parve bike"),
    "ckb": listed("هاوبەشی بکە"),
    "de": listed("teilen"),
}
"""Buttons that share the page, and what they say afterwards."""

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
    "es": listed("imprimir|versión para imprimir"),
    "pt": listed("imprimir|versão para impressão"),
    "fr": listed("imprimer"),
    "tr": listed("yazdır"),
    "id": listed("cetak"),
    "th": listed("พิมพ์"),
    "ko": listed("인쇄"),
    "sw": listed("chapisha"),
    "ur": listed("پرنٹ کریں|پرنٹ"),
    "bn": listed("প্রিন্ট"),
    "el": listed("εκτύπωση"),
    "de": listed("drucken"),
    "ht": listed("enprime"),
}
"""Buttons that print the page."""

COMMENTS: Table = {
    "en": listed(
        """
        comments|see comments|view comments|load more comments|comment|forum|leave a comment|add a comment
        post a comment|join the conversation|comments (0)|facebook forum"""
    ),
    "ru": listed("комментарии|смотреть комментарии|комментировать|форум"),
    "uk": listed("коментарі|дивитись коментарі|коментувати|форум"),
    "be": listed("камэнтары|камэнтаваць|форум"),
    "bg": listed("коментари|форум|вижте коментарите"),
    "mk": listed("коментари|форум"),
    "sr": listed("komentari|forum|vidi komentare|pogledaj komentare"),
    "sq": listed("komentet|forumi"),
    "ro": listed("comentarii|vezi comentariile"),
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
    "es": listed("comentarios|ver comentarios"),
    "pt": listed("comentários|ver comentários"),
    "fr": listed("commentaires|voir les commentaires"),
    "tr": listed("yorumlar|yorumları gör"),
    "id": listed("lihat komentar|komentar"),
    "vi": listed("bình luận|ý kiến"),
    "th": listed("ความคิดเห็น"),
    "ko": listed("댓글|댓글 보기"),
    "sw": listed("maoni"),
    "ur": listed("تبصرے|تبصرے دیکھیں"),
    "bn": listed("মন্তব্য"),
    "el": listed("σχόλια|δείτε τα σχόλια"),
    "ht": listed("kòmantè"),
}
"""What leads to the comments of readers."""

PLAYER: Table = {
    "en": listed(
        """
        the code has been copied to your clipboard|the url has been copied to your clipboard|embed|share embed
        embed share|no media source currently available|sorry! no media is currently available|please wait
        your browser doesn't support html5|your browser doesn’t support html5|direct link|pop-out player
        pop-up player|width px height px|download|download audio|download video|width|height|pixels|px|auto|live
        live now|on air|this content is not available in your location
        this content is not available in your region|this content is not available in your country
        this content is not available|this video is not available|video unavailable
        to view this video please enable javascript
        to view this video please enable javascript, and consider upgrading to a web browser that supports html5 video
        please enable javascript|please enable javascript to view this content
        your browser does not support html5|your browser does not support the video tag
        your browser does not support the audio element|accept and show|accept and show content|accept & show
        accept and continue|allow and show|show content|show external content|load external content
        view on youtube|watch on youtube|watch on facebook|view this post on instagram|view on instagram
        view on facebook|view on twitter|view on x|facebook post|twitter post|instagram post|telegram post
        youtube video|external content|loading|loading...|play video|play audio|listen to audio|mute|unmute
        fullscreen|full screen|share video|video player|audio player|link copied to clipboard|pop-out|0:00
        this content is hosted by a third party|video is loading|the media could not be loaded|next up|autoplay
        closed captions|subtitles off|quality levels|download transcript"""
    ),
    "ru": listed(
        """
        код скопирован в буфер обмена|ссылка скопирована в буфер обмена|пожалуйста, подождите
        нет источников медиа|прямая ссылка|ваш браузер не поддерживает html5
        этот контент недоступен в вашем регионе|этот контент недоступен|этот материал недоступен в вашем регионе
        видео недоступно|принять и показать|согласиться и показать|разрешить и показать|показать контент
        смотреть на youtube|загрузка|включите javascript|код скопирован|медиаисточник сейчас не доступен
        нет медиаисточника|медиаисточник недоступен|всплывающий плеер|скачать|встроить
        для просмотра видео включите javascript|открыть в новом окне|ссылка на источник|прослушать
        код для вставки"""
    ),
    "uk": listed(
        """
        будь ласка, зачекайте|прямий лінк на матеріал|завантажити на комп'ютер
        цей контент недоступний у вашому регіоні|цей контент недоступний|відео недоступне|прийняти і показати
        прийняти та показати|погодитися і показати|показати контент|дивитися на youtube|завантаження
        увімкніть javascript|код скопійовано|код скопійовано в буфер обміну|посилання скопійовано
        ваш браузер не підтримує html5|медіаджерело наразі недоступне|немає медіаджерела|вбудувати
        спливаючий плеєр|пряме посилання|завантажити"""
    ),
    "sr": listed(
        """
        molimo sačekajte|molimo pričekajte|direktan link|pogledajte sve epizode
        ovaj sadržaj nije dostupan u vašem regionu|ovaj sadržaj nije dostupan|prihvati i prikaži
        prihvatam i prikaži|vaš pretraživač ne podržava html5|vaš browser ne podržava html5|kod je kopiran
        link je kopiran|trenutno nema dostupnih medijskih izvora|preuzmi|ugradi|učitavanje"""
    ),
    "ro": listed(
        """
        așteptați|nici o sursă media|link direct|acest conținut nu este disponibil în regiunea dumneavoastră
        acest conținut nu este disponibil|acceptă și afișează|accept și afișează
        browserul dumneavoastră nu suportă html5|codul a fost copiat|nicio sursă media disponibilă|descarcă"""
    ),
    "hu": listed(
        """
        jelenleg nincs elérhető tartalom|közvetlen elérés|ez a tartalom nem elérhető az ön régiójában
        ez a tartalom nem érhető el|elfogadás és megjelenítés|elfogadom és megjelenítem
        az ön böngészője nem támogatja a html5-öt|a kód a vágólapra másolva|kérjük, várjon|közvetlen link
        letöltés|beágyazás"""
    ),
    "crh": listed("bekleñiz, lütfen|bu malümat sizniñ bölgede yoq|qabul et ve köster|doğru bağlantı"),
    "az": listed(
        """
        gözlə|direct-ə keçid|bu məzmun regionunuzda mövcud deyil|qəbul et və göstər
        brauzeriniz html5-i dəstəkləmir|kod kopyalandı|yüklə|birbaşa link|media mənbəyi hazırda əlçatan deyil"""
    ),
    "fa": listed(
        """
        لینک مستقیم|این محتوا در منطقه شما در دسترس نیست|این محتوا در دسترس نیست|پذیرش و نمایش
        بپذیرید و نمایش دهید|مرورگر شما html5 را پشتیبانی نمی‌کند|کد کپی شد|لطفا صبر کنید|لطفاً صبر کنید
        در حال حاضر هیچ منبع رسانه‌ای در دسترس نیست|دانلود|بارگیری|جاسازی|پخش‌کننده"""
    ),
    "tg": listed(
        """
        браузери шумо html5-ро намешиносад|ин мӯҳтаво дар минтақаи шумо дастрас нест|қабул ва нишон додан
        код нусхабардорӣ шуд|лутфан интизор шавед|пайванди мустақим|боргирӣ|феълан кор намекунад"""
    ),
    "uz": listed(
        """
        илтимос кутинг|iltimos, kuting|айни дамда медиа-манба мавжуд эмас|бевосита линк
        бу контент сизнинг минтақангизда мавжуд эмас|қабул қилиш ва кўрсатиш|браузерингиз html5ни қўлламайди
        код нусха олинди|юклаб олиш|bu kontent sizning mintaqangizda mavjud emas|qabul qilish va ko‘rsatish"""
    ),
    "zh": listed(
        """
        没有媒体可用资源|沒有媒體可用資源|请等待|請等待|直接链接|直接連結|嵌入|您的浏览器不支持html5
        此内容在您所在地区不可用|此內容在您所在地區無法使用|接受并显示|接受並顯示|您的浏览器不支持
        您的瀏覽器不支援html5|您的瀏覽器不支持html5|代码已复制|請稍候|请稍候|下载|下載|直接連接|無法使用的媒體
        观看youtube视频"""
    ),
    "be": listed(
        """
        гэты зьмест недаступны ў вашым рэгіёне|прыняць і паказаць|код скапіяваны
        ваш браўзэр не падтрымлівае html5|простая спасылка|загрузіць"""
    ),
    "bg": listed(
        """
        това съдържание не е достъпно във вашия регион|съдържанието не е достъпно|приеми и покажи
        приемам и покажи|кодът е копиран|вашият браузър не поддържа html5|директен линк
        няма наличен медиен източник|моля, изчакайте"""
    ),
    "mk": listed(
        """
        оваа содржина не е достапна во вашиот регион|прифати и прикажи|вашиот прелистувач не поддржува html5
        директен линк|ве молиме почекајте|кодот е копиран"""
    ),
    "sq": listed(
        """
        kjo përmbajtje nuk është e disponueshme në rajonin tuaj|prano dhe shfaq|prano dhe trego
        shfletuesi juaj nuk e mbështet html5|kodi u kopjua|ju lutemi prisni|linku direkt|vegëz direkte"""
    ),
    "hy": listed(
        """
        այս բովանդակությունը հասանելի չէ ձեր տարածաշրջանում|ընդունել և ցուցադրել|ընդունել և ցույց տալ
        ձեր բրաուզերը չի աջակցում html5|կոդը պատճենված է|սպասեք|ուղիղ հղում|ներբեռնել"""
    ),
    "ka": listed(
        """
        ეს კონტენტი თქვენს რეგიონში მიუწვდომელია|მიღება და ჩვენება|თქვენი ბრაუზერი არ უჭერს მხარს html5-ს
        კოდი დაკოპირებულია|გთხოვთ, დაელოდოთ|პირდაპირი ბმული|ჩამოტვირთვა|მედია წყარო ამჟამად მიუწვდომელია"""
    ),
    "ps": listed(
        """
        دا محتوا ستاسو په سیمه کې نشته|ومنئ او وښیئ|ستاسو براوزر html5 نه ملاتړ کوي|کوډ کاپي شو
        مهرباني وکړئ انتظار وکړئ|مستقیم لینک|ښکته کول"""
    ),
    "kk": listed(
        """
        бұл контент сіздің аймағыңызда қолжетімсіз|қабылдау және көрсету|браузеріңіз html5-ті қолдамайды
        код көшірілді|күте тұрыңыз|тікелей сілтеме|жүктеу|ешқандай медиа-қор қазір қол жетімді емес"""
    ),
    "ky": listed(
        """
        бул контент сиздин аймакта жеткиликтүү эмес|кабыл алуу жана көрсөтүү|браузериңиз html5ти колдобойт
        код көчүрүлдү|күтө туруңуз|түз шилтеме|жүктөө|учурда медиа булак жок"""
    ),
    "tk": listed(
        """
        bu mazmun siziň sebitiňizde elýeterli däl|kabul et we görkez|brauzeriňiz html5-i goldamaýar
        kod göçürildi|garaşyň|göni link|ýükle"""
    ),
    "tt": listed("бу контент сезнең төбәктә кулланыла алмый|кабул итү һәм күрсәтү|туры сылтама|йөкләү|көтегез"),
    "es": listed(
        """
        este contenido no está disponible en su región|este contenido no está disponible|aceptar y mostrar
        su navegador no soporta html5|tu navegador no soporta html5|el código ha sido copiado al portapapeles
        por favor espere|enlace directo|ningún recurso de medios disponible|no hay fuente de medios disponible
        descargar|insertar"""
    ),
    "pt": listed(
        """
        este conteúdo não está disponível na sua região|este conteúdo não está disponível|aceitar e mostrar
        o seu navegador não suporta html5|o código foi copiado para a área de transferência|por favor aguarde
        link direto|link directo|sem media disponível|nenhuma mídia disponível no momento|descarregar|baixar"""
    ),
    "fr": listed(
        """
        ce contenu n'est pas disponible dans votre région|ce contenu n’est pas disponible dans votre région
        ce contenu n'est pas disponible|accepter et afficher|votre navigateur ne supporte pas html5
        votre navigateur ne prend pas en charge html5|le code a été copié dans votre presse-papiers
        veuillez patienter|lien direct|pas de média disponible|aucun média disponible actuellement|télécharger
        intégrer"""
    ),
    "tr": listed(
        """
        bu içerik bölgenizde kullanılamıyor|bu içerik bölgenizde mevcut değil|kabul et ve göster
        tarayıcınız html5 desteklemiyor|kod panoya kopyalandı|lütfen bekleyin|doğrudan link
        hiçbir medya kaynağı mevcut değil|indir"""
    ),
    "id": listed(
        """
        konten ini tidak tersedia di wilayah anda|konten ini tidak tersedia|terima dan tampilkan
        browser anda tidak mendukung html5|kode telah disalin|mohon tunggu|tautan langsung
        tidak ada media sumber yang tersedia saat ini|tidak ada media sumber yang tersedia|unduh|sematkan"""
    ),
    "vi": listed(
        """
        nội dung này không có ở khu vực của bạn|nội dung này không khả dụng|chấp nhận và hiển thị
        trình duyệt của bạn không hỗ trợ html5|vui lòng chờ|xin vui lòng chờ|đường dẫn trực tiếp
        không có nguồn phương tiện nào|tải xuống"""
    ),
    "th": listed(
        """
        เนื้อหานี้ไม่มีให้บริการในพื้นที่ของคุณ|ยอมรับและแสดง|เบราว์เซอร์ของคุณไม่รองรับ html5|โปรดรอสักครู่
        กรุณารอสักครู่|ลิ้งค์โดยตรง|ดาวน์โหลด"""
    ),
    "ko": listed(
        """
        이 콘텐츠는 귀하의 지역에서 사용할 수 없습니다|수락하고 보기|브라우저가 html5를 지원하지 않습니다
        잠시만 기다려 주세요|직접 링크|다운로드|코드가 클립보드에 복사되었습니다"""
    ),
    "ur": listed(
        """
        یہ مواد آپ کے علاقے میں دستیاب نہیں|یہ مواد دستیاب نہیں|قبول کریں اور دکھائیں
        آپ کا براؤزر html5 سپورٹ نہیں کرتا|براہ کرم انتظار کریں|براہ راست لنک|ڈاؤن لوڈ
        فی الحال کوئی میڈیا دستیاب نہیں|کوئی میڈیا دستیاب نہیں"""
    ),
    "bn": listed(
        """
        এই কনটেন্ট আপনার অঞ্চলে পাওয়া যায় না|গ্রহণ করুন এবং দেখান|অনুগ্রহ করে অপেক্ষা করুন|সরাসরি লিংক|ডাউনলোড"""
    ),
    "el": listed(
        """
        αυτό το περιεχόμενο δεν είναι διαθέσιμο στην περιοχή σας|αποδοχή και εμφάνιση|παρακαλώ περιμένετε
        απευθείας σύνδεσμος|λήψη"""
    ),
    "sw": listed(
        """
        maudhui haya hayapatikani katika eneo lako|kubali na onyesha|tafadhali subiri|kiungo cha moja kwa moja
        pakua|hakuna chombo cha habari kwa sasa"""
    ),
    "ha": listed("don allah jira|kai tsaye|sauke"),
    "so": listed("fadlan sug|soo deji"),
    "ht": listed("tanpri tann|lyen dirèk|telechaje"),
    "de": listed(
        """
        dieser inhalt ist in ihrer region nicht verfügbar|akzeptieren und anzeigen
        ihr browser unterstützt kein html5"""
    ),
}
"""Players, embedded posts, the consent that they ask for, and what copies their code. Most services keep the English
words."""

ELSEWHERE: Table = {
    "en": listed(
        """
        breaking news|learn more|subscribe|subscribe to newsletter|subscribe to our newsletter|follow us
        follow us on facebook|follow us on twitter|back to top|site logo|site search|search|previous|next
        previous slide|next slide|previous page|next page|show more|load more|all latest news|latest news
        most popular|editors' picks|editors’ picks|related|related articles|advertisement|xs|sm|md|lg
        enter your email|languages|cookie policy|privacy policy|terms of use|contact us
        report incorrect information|16x9 image|editor's picks|editors’ choice|editors' choice|editor's choice
        most read|must reads|top stories|latest stories|subscribe now|sign up now|sign up here|subscribe here
        sign up for our newsletter|sign up for our newsletters|sign up for newsletters|newsletter sign-up
        follow us on telegram|follow us on instagram|follow us on youtube|join us on telegram|rss|podcast
        podcasts|skip ad|story continues below advertisement|story continues below|article continues below
        click to reveal|click here to view|view gallery|see more photos|all news|more headlines
        share your thoughts|the day's top stories|embed video"""
    ),
    "ru": listed(
        """
        срочные новости|подписаться|главное|самое читаемое|популярное|самое популярное|выбор редакции
        главные новости|лента новостей|последние новости|загрузить ещё|загрузить еще|показать ещё|показать еще
        ещё новости|подпишитесь|подпишитесь на рассылку|реклама|поиск|следующий|предыдущий
        нажмите, чтобы увидеть"""
    ),
    "uk": listed(
        """
        топ новини|топ-новини|термінові новини|на цю ж тему|підписатися|популярне|найпопулярніше|вибір редакції
        головні новини|стрічка новин|останні новини|завантажити ще|показати ще|підпишіться|реклама|пошук"""
    ),
    "be": listed("тэрміновыя навіны|галоўныя навіны|выбар рэдакцыі|самае чытанае|паказаць яшчэ"),
    "bg": listed(
        """
        извънредни новини|най-четени|най-четено|изборът на редактора|последни новини|зареди още|покажи още"""
    ),
    "mk": listed("најнови вести|најчитани|избор на уредникот|вчитај повеќе|прикажи повеќе"),
    "sr": listed(
        """
        najnovije vijesti|najnovije vesti|pogledajte / poslušajte|najčitanije|izbor urednika|najnovije
        učitaj još|prikaži još|hitne vesti|hitne vijesti|ударне вести|најновије вести"""
    ),
    "sq": listed(
        """
        lajmi i fundit|më të lexuarat|lajmet e fundit|zgjedhja e redaktorit|shfaq më shumë|ngarko më shumë"""
    ),
    "ro": listed(
        """
        ultima oră|cele mai citite|știri de ultimă oră|ultimele știri|alegerea editorilor|încarcă mai mult
        arată mai mult"""
    ),
    "hu": listed(
        """
        a legfrissebb hírek|legolvasottabb|a szerkesztő ajánlja|friss hírek|legfrissebb|több betöltése
        mutass többet"""
    ),
    "crh": listed("saatnıñ esas haberi|soñki haberler"),
    "tt": listed("кайнар хәбәр|соңгы хәбәрләр|күп укылганнар|редакция сайлавы"),
    "ce": listed("цiеххьана кхаьчна хаам|цӏеххьана кхаьчна хаам"),
    "hy": listed("վերջին լուրեր|ամենաընթերցված|խմբագրի ընտրությունը|ավելին|շտապ լուրեր"),
    "az": listed("oxu|bax|son xəbərlər|ən çox oxunan|redaktorun seçimi|daha çox|təcili xəbər"),
    "ka": listed("უახლესი ამბები|ყველაზე კითხვადი|რედაქტორის რჩეული|მეტის ჩვენება|ახალი ამბები"),
    "fa": listed(
        """
        خبر فوری|سرخط خبرها|آخرین خبرها|تازه‌ترین خبرها|پربیننده‌ترین‌ها|پربازدیدترین‌ها
        برگزیده سردبیر|گزیده‌ها|نمایش بیشتر|بیشتر"""
    ),
    "ps": listed("تازه خبر|بیړنی خبر|وروستي خبرونه|مهم خبرونه|ډېر لوستل شوي|نور"),
    "kk": listed("жедел хабар|соңғы жаңалықтар|көп оқылғандар|редакция таңдауы|тағы көрсету"),
    "ky": listed("чукул кабар|акыркы жаңылыктар|көп окулгандар|редакциянын тандоосу|дагы көрсөтүү"),
    "tg": listed("хабари нав|хабарҳои охирин|серхонандатарин|боз нишон диҳед"),
    "tk": listed("iň soňky teswirler|soňky habar|göni efirde|soňky habarlar|köp okalanlar|has köp"),
    "uz": listed(
        """
        шошилинч хабар|сўнгги хабарлар|кўп ўқилганлар|муҳаррир танлови|яна кўрсатиш|so‘nggi xabarlar
        ko‘p o‘qilganlar"""
    ),
    "zh": listed(
        """
        突发新闻|突發新聞|编辑推荐|相关内容|编辑精选|編輯精選|編輯推薦|热门文章|熱門文章|最新新闻|最新消息
        加载更多|載入更多|更多"""
    ),
    "es": listed(
        """
        última hora|lo más leído|lo más visto|más leídas|selección del editor|recomendados|cargar más|ver más
        suscríbase|síganos|publicidad"""
    ),
    "pt": listed(
        """
        última hora|mais lidas|mais lidos|escolhas do editor|carregar mais|ver mais|siga-nos|publicidade"""
    ),
    "fr": listed(
        """
        dernière heure|les plus lus|les plus vus|choix de la rédaction|le choix de la rédaction|charger plus
        voir plus|abonnez-vous|suivez-nous|publicité"""
    ),
    "tr": listed(
        """
        son dakika|en çok okunanlar|en çok okunan|editörün seçimi|editörün seçtikleri|daha fazla|bizi takip edin"""
    ),
    "id": listed(
        """
        berita terkini|terpopuler|paling populer|pilihan editor|muat lebih banyak|lebih banyak|ikuti kami"""
    ),
    "vi": listed(
        """
        tin mới nhất|đọc nhiều nhất|xem nhiều nhất|chọn lọc của ban biên tập|thêm nữa|theo dõi chúng tôi"""
    ),
    "th": listed("ข่าวด่วน|ข่าวล่าสุด|ยอดนิยม|โหลดเพิ่ม"),
    "ko": listed("속보|최신 뉴스|많이 본 기사|에디터 추천|더보기"),
    "ur": listed("تازہ ترین|بریکنگ نیوز|مقبول ترین|زیادہ پڑھی جانے والی خبریں|مدیر کا انتخاب|مزید"),
    "bn": listed("ব্রেকিং নিউজ|সর্বশেষ সংবাদ|সর্বাধিক পঠিত|আরও"),
    "el": listed("έκτακτη επικαιρότητα|τελευταία νέα|δημοφιλή|περισσότερα"),
    "sw": listed("habari mpya|zinazosomwa zaidi|habari za hivi punde|pakia zaidi"),
    "ha": listed("labarai da dumi-dumi|mafi shahara"),
    "so": listed("wararka ugu dambeeyay"),
    "am": listed("ሰበር ዜና|የቅርብ ጊዜ ዜናዎች"),
    "ht": listed("dènye nouvèl|pi popilè"),
    "ckb": listed("هەواڵی بەپەلە|زۆرترین خوێنراوە"),
    "kmr": listed("nûçeyên dawî"),
    "om": listed("oduu haaraa"),
    "rw": listed("amakuru mashya"),
    "my": listed("နောက်ဆုံးရသတင်း"),
    "km": listed("ព័ត៌មានថ្មីបំផុត"),
    "lo": listed("ຂ່າວຫລ້າສຸດ"),
    "bo": listed("གསར་འགྱུར་གསར་ཤོས།"),
    "sn": listed("nhau dzichangobuda"),
    "nd": listed("izindaba zamuva"),
}
"""What leads elsewhere: the bar with breaking news, lists beside the text, menus, the marks of the page's widths."""

_KINDS = (ACCESS, SHARE, PRINT, COMMENTS, PLAYER, ELSEWHERE)

ALONE: Table = {
    language: tuple(phrase for table in _KINDS for phrase in table.get(language, ()))
    for language in dict.fromkeys(language for table in _KINDS for language in table)
}
"""A paragraph that is nothing but one of these is no text."""

NAVIGATION: Table = {
    "en": listed(
        """
        home|menu|main menu|search|log in|login|sign in|sign up|register|my account|about|about us|contact
        contacts|careers|contact us|privacy|privacy policy|cookie policy|cookies|terms|terms of use
        terms of service|terms and conditions|advertise|advertise with us|newsletters|newsletter|sitemap
        site map|help|faq|all rights reserved|rss|mobile apps|skip to content|skip to main content|subscribe
        donate|accessibility|imprint|feedback|languages|press room|jobs"""
    ),
    "ru": listed(
        """
        главная|меню|войти|вход|регистрация|о нас|контакты|обратная связь|карта сайта|поиск|вакансии|реклама"""
    ),
    "uk": listed("головна|меню|увійти|вхід|про нас|контакти|пошук|мапа сайту|карта сайту"),
    "be": listed("галоўная|мэню|пра нас|кантакты|пошук"),
    "bg": listed("начало|меню|вход|за нас|контакти|търсене"),
    "sr": listed("naslovna|početna|meni|prijava|o nama|kontakt|pretraga|impresum"),
    "ro": listed("acasă|meniu|despre noi|contact|căutare|termeni și condiții"),
    "hu": listed("kezdőlap|menü|bejelentkezés|rólunk|kapcsolat|keresés|impresszum|adatvédelem"),
    "de": listed("startseite|menü|suche|anmelden|impressum|datenschutz|kontakt|agb|über uns|abo|newsletter"),
    "fr": listed(
        """
        accueil|menu|connexion|se connecter|rechercher|recherche|mentions légales|à propos|contactez-nous"""
    ),
    "es": listed("inicio|menú|buscar|iniciar sesión|acerca de|contacto|quiénes somos|aviso legal"),
    "pt": listed("início|menu|pesquisar|buscar|entrar|sobre nós|contato|contacto"),
    "it": listed("home|menù|cerca|accedi|chi siamo|contatti"),
    "tr": listed("ana sayfa|menü|ara|giriş|hakkımızda|iletişim"),
    "pl": listed("strona główna|menu|szukaj|zaloguj|o nas|kontakt"),
    "fa": listed("صفحه اصلی|خانه|جستجو|درباره ما|تماس با ما"),
    "zh": listed("首页|首頁|菜单|搜索|登录|关于我们|關於我們|联系我们|聯絡我們"),
}
"""Entries of the menus of any site; they tell a copy of a whole page and are no reason to remove a line."""
