"""How newsrooms promote their channels, newsletters and collections within and after a text; case-folded.

Read by :mod:`newscrawl.extract.lines.promotions` alone, which says how much of a paragraph must agree.
"""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

FOLLOW: Table = {
    "en": listed(
        """
        subscribe|follow us|follow our|follow rfe|follow voa|follow @|follow the latest on|join us on|join our|sign up
        download our|download the rfe|download the voa|download the app|find us|like us|watch us|connect with us
        connect with rfe|get our|get rfe|get the latest|stay up to date with|stay informed with|stay tuned|to subscribe
        to sign up|to receive our|to receive the|visit our|watch our|listen to our|don't miss our|tune in|support our
        write to us|we want to hear from you|let us know in the comments"""
    ),
    "ru": listed(
        """
        подписывайтесь|подпишитесь|чтобы подписаться|присоединяйтесь|следите за|следите за нами|читайте нас
        скачайте|скачивайте|смотрите нас|слушайте нас|добавьте|оформите подписку|вступайте|установите"""
    ),
    "uk": listed(
        """
        підписуйтесь|підписуйтеся|підпишіться|щоб підписатися|приєднуйтесь|приєднуйтеся|долучайтесь|долучайтеся
        стежте за|слідкуйте за|читайте нас|завантажуйте|завантажте|дивіться нас|рекомендуємо вам встановити
        встановіть"""
    ),
    "be": listed("падпісвайцеся|падпішыцеся|далучайцеся|сачыце за|чытайце нас|спампуйце|глядзіце нас"),
    "bg": listed("последвайте ни|следвайте ни|абонирайте се|присъединете се|изтеглете|четете ни|харесайте"),
    "mk": listed("следете нè|следете не|следете ги|претплатете се|придружете|зачленете се|преземете"),
    "sr": listed(
        """
        pratite nas|pratite rse|pretplatite se|prijavite se|pridružite|preuzmite|priključite|пратите нас
        претплатите се|придружите"""
    ),
    "sq": listed("na ndiqni|ndiqni rel|abonohuni|bashkohuni|regjistrohuni|shkarkoni"),
    "ro": listed(
        """
        abonați-vă|abonaţi-vă|abonează-te|urmăriți-ne|urmăriţi-ne|urmărește-ne|alăturați-vă|alătură-te
        descărcați|înscrieți-vă"""
    ),
    "hu": listed(
        """
        iratkozz fel|iratkozzon fel|feliratkozás|kövess minket|kövessen minket|kövess bennünket|csatlakozz
        csatlakozzon|töltsd le|töltse le|ha tetszett a cikk"""
    ),
    "crh": listed("abune oluñız|qoşulıñız|bizni taqip etiñiz"),
    "tt": listed("язылыгыз|кушылыгыз|безне күзәтегез|йөкләгез|безнең telegram|безнең телеграм"),
    "ce": listed("тӏетаса|дӏаязло"),
    "hy": listed("հետևեք|հետևե՛ք|հետեւեք|բաժանորդագրվեք|բաժանորդագրվե՛ք|միացեք|միացե՛ք|ներբեռնեք"),
    "az": listed("abunə olun|bizi izləyin|bizə qoşulun|telegram kanalımıza|youtube kanalımıza|endirin|qoşulun"),
    "ka": listed("გამოიწერეთ|გამოგვყევით|მოგვყევით|შემოგვიერთდით|გადმოწერეთ"),
    "fa": listed(
        """
        به کانال|ما را دنبال کنید|مشترک شوید|عضو شوید|به ما بپیوندید|دانلود کنید|برای دریافت|برای عضویت"""
    ),
    "ps": listed("زموږ چېنل|وڅارئ|تعقیب کړئ|ډاونلوډ کړئ|ګډون وکړئ"),
    "kk": listed(
        """
        жазылыңыз|қосылыңыз|тіркеліңіз|бізге жазылыңыз|азаттықтың telegram|азаттықтың телеграм
        жүктеп алыңыз"""
    ),
    "ky": listed("жазылыңыз|кошулуңуз|катталыңыз|бизге жазылыңыз|азаттыктын telegram|жүктөп алыңыз"),
    "tg": listed("обуна шавед|ба мо ҳамроҳ|моро пайгирӣ|пайгирӣ кунед|ба канали|боргирӣ кунед"),
    "tk": listed("agza boluň|ýazylyň|goşulyň|bizi yzarlaň|ýükläp alyň"),
    "uz": listed(
        """
        обуна бўлинг|кузатиб боринг|қўшилинг|бизнинг телеграм|бизни кузатинг|юклаб олинг|obuna bo‘ling
        obuna boʻling|bizni kuzating|qo‘shiling"""
    ),
    "zh": listed("订阅|訂閱|关注我们|關注我們|请关注|請關注|下载我们|下載我們|加入我们|欢迎关注|歡迎關注"),
    "es": listed(
        """
        suscríbase|suscríbete|síganos|síguenos|únase|únete|descargue|descarga|conéctate|conéctese|regístrese
        inscríbase"""
    ),
    "pt": listed("subscreva|siga-nos|siga a voa|inscreva-se|acompanhe|assine|junte-se|baixe|descarregue"),
    "fr": listed("abonnez-vous|suivez-nous|rejoignez|inscrivez-vous|téléchargez|pour vous abonner"),
    "tr": listed("abone olun|abone olmak|bizi takip edin|takip edin|katılın|indirin|haberlerimizi"),
    "id": listed("ikuti kami|berlangganan|bergabunglah|unduh|daftar|simak kami"),
    "vi": listed("đăng ký|theo dõi|tham gia|tải ứng dụng|mời đăng ký"),
    "th": listed("ติดตาม|สมัครรับ|ดาวน์โหลด|กดติดตาม"),
    "ko": listed("구독하|팔로우하|다운로드하|voa 뉴스를"),
    "ur": listed("سبسکرائب کریں|ہمیں فالو کریں|فالو کریں|ڈاؤن لوڈ کریں|ہمارے ساتھ"),
    "bn": listed("সাবস্ক্রাইব করুন|আমাদের অনুসরণ|ডাউনলোড করুন"),
    "sw": listed("jiunge|tufuatilie|jisajili|fuatilia|pakua"),
    "ha": listed("ku biyo mu|a biyo mu|ku yi rijista|ku bi mu|ku saukar"),
    "so": listed("nagala soco|nala soco|isku qor|ku biir"),
    "am": listed("ይከተሉን|ይመዝገቡ|ይወዳጁን"),
    "ti": listed("ስዓቡና|ተመዝገቡ"),
    "om": listed("nu hordofaa|galmaa"),
    "ht": listed("abòne|swiv nou|telechaje"),
    "el": listed("ακολουθήστε μας|εγγραφείτε|κατεβάστε"),
    "rw": listed("dukurikire|iyandikishe"),
    "sn": listed("titevere"),
    "nd": listed("silandele"),
    "ln": listed("landa biso"),
    "kmr": listed("bibin abone|me bişopînin"),
    "ckb": listed("فۆڵۆومان بکەن|بەشداری بکەن"),
    "my": listed("စာရင်းသွင်း|follow လုပ်"),
    "km": listed("ចុះឈ្មោះ|តាមដាន"),
    "lo": listed("ຕິດຕາມ|ສະໝັກ"),
    "bo": listed("ང་ཚོར་རྗེས་འདེད"),
    "bm": listed("an nɔfɛ"),
    "de": listed("abonnieren sie|folgen sie uns|melden sie sich|jetzt abonnieren"),
    "it": listed("iscriviti|seguici|abbonati"),
    "pl": listed("subskrybuj|obserwuj nas|zapisz się|dołącz"),
    "nl": listed("volg ons|abonneer|schrijf je in"),
}
"""Words that ask the reader to subscribe, follow, join or download; at the start of a paragraph."""

CLICK_HERE: Table = {
    "en": listed("click here|click this link|sign up here|subscribe here|read it here|click on the link|tap here"),
    "ru": listed(
        """
        нажмите здесь|кликните здесь|нажмите сюда|по ссылке здесь|перейдите по ссылке|перейдите по этой ссылке"""
    ),
    "uk": listed("натисніть тут|клікніть тут|тисніть тут|натисніть сюди|перейдіть за посиланням|за цим посиланням"),
    "be": listed("націсніце тут|клікніце тут|націсьніце тут"),
    "bg": listed("кликнете тук|натиснете тук"),
    "mk": listed("кликнете тука|кликнете овде"),
    "sr": listed("kliknite ovde|kliknite ovdje|klikni ovdje|кликните овде"),
    "sq": listed("klikoni këtu|kliko këtu"),
    "ro": listed("click aici|apasă aici|apăsați aici|clic aici|faceți clic aici|dați click aici"),
    "hu": listed("kattints ide|kattintson ide|ide kattintva|ide kattints"),
    "hy": listed("սեղմեք այստեղ|սեղմե՛ք այստեղ"),
    "az": listed("bura basın|buraya klikləyin|buraya basın"),
    "ka": listed("დააჭირეთ აქ|დააკლიკეთ აქ|აქ დააჭირეთ"),
    "fa": listed("اینجا کلیک کنید|این‌جا کلیک کنید|روی این لینک کلیک"),
    "ps": listed("دلته کلیک وکړئ|دلته کليک وکړئ"),
    "kk": listed("мына жерді басыңыз|осы жерді басыңыз|осында басыңыз"),
    "ky": listed("бул жерди басыңыз|ушул жерди басыңыз"),
    "tg": listed("инҷоро пахш кунед|ин ҷо клик кунед"),
    "tk": listed("şu ýere basyň"),
    "uz": listed("бу ерни босинг|шу ерни босинг|bu yerni bosing"),
    "tt": listed("монда басыгыз"),
    "crh": listed("mında basıñız"),
    "zh": listed("点击这里|點擊這裡|点击此处|點擊此處"),
    "es": listed("haga clic aquí|haz clic aquí|pulse aquí"),
    "pt": listed("clique aqui|carregue aqui"),
    "fr": listed("cliquez ici"),
    "tr": listed("buraya tıklayın|tıklayınız"),
    "id": listed("klik di sini"),
    "vi": listed("bấm vào đây|nhấn vào đây|nhấp vào đây"),
    "th": listed("คลิกที่นี่"),
    "ko": listed("여기를 클릭"),
    "ur": listed("یہاں کلک کریں"),
    "bn": listed("এখানে ক্লিক করুন"),
    "sw": listed("bofya hapa|bonyeza hapa"),
    "ha": listed("danna nan"),
    "so": listed("halkan guji|halkan riix"),
    "am": listed("እዚህ ይጫኑ"),
    "ht": listed("klike la a|klike isit"),
    "el": listed("κάντε κλικ εδώ"),
    "de": listed("klicken sie hier"),
    "it": listed("clicca qui"),
    "pl": listed("kliknij tutaj"),
}
"""Words around a link that a copy lost."""

PROMOTION_STARTS: Table = {
    "en": listed(
        """
        rfe/rl's live briefing gives you|the complete picture:|for all of rfe/rl's coverage
        for more of rfe/rl's coverage|for more coverage|about this newsletter|about the newsletter
        to find out more, click here|to find out more click here|like what you read
        what do you think? write to us|we want to hear from you|write to us in the comments
        leave a comment below|share your thoughts in the comments|copyright (c)
        reprinted with the permission of radio free europe|got a tip|have a story to share
        if you would like to receive|rfe/rl's reporting is supported|help us tell|this story is part of rfe/rl's
        click here to subscribe|click here to sign up|click here to read more|click here for more
        for more stories like this|editor's note: to subscribe
        follow all of the latest developments as they happen|the latest developments in"""
    ),
    "ru": listed(
        """
        роскомнадзор пытается заблокировать доступ к сайту|роскомнадзор заблокировал сайт
        если ваш провайдер заблокировал|если ваш интернет-провайдер заблокировал|если в россии заблокирован
        если сайт заблокирован|как обойти блокировку|как читать нас без|как читать и слушать
        беспрепятственно читать|у нас есть телеграм|у нас есть telegram|наш телеграм|наш telegram
        мы есть в telegram|чтобы не пропустить|все материалы по теме|полная версия программы|читайте нас в
        скачать приложение|скачайте приложение|скачай приложение"""
    ),
    "uk": listed(
        """
        роскомнагляд (роскомнадзор) намагається заблокувати|роскомнагляд намагається заблокувати
        безперешкодно читати|якщо ваш провайдер заблокував|як обійти блокування|щоб не пропустити|наш telegram
        наш телеграм|читайте нас у|читайте нас в"""
    ),
    "be": listed("каб не прапусціць|наш telegram|чытайце нас у"),
    "bg": listed("не пропускайте|четете ни в|вече може да ни четете"),
    "mk": listed("не пропуштајте|читајте нè"),
    "sr": listed("ne propustite|radio slobodna evropa na|čitajte nas na"),
    "sq": listed("mos humbisni|lexoni lajmet tona në"),
    "ro": listed(
        """
        europa liberă românia este pe google news|europa liberă moldova este pe|suntem și pe
        nu rata cele mai importante|pentru a fi la curent"""
    ),
    "hu": listed("kövesd a szabad európát|ha szeretnél|ne maradj le"),
    "hy": listed("ամբողջական տեսանյութը"),
    "tt": listed("безнең telegram-каналга|безнең сайт тыелган|сайтыбыз"),
    "az": listed("azadlıq radiosunu|bizim telegram"),
    "ka": listed("რადიო თავისუფლების telegram"),
    "fa": listed("کانال تلگرام رادیو فردا|برای دسترسی به سایت|اگر سایت فیلتر است"),
    "kk": listed("азаттық сайтын|азаттық telegram"),
    "ky": listed("азаттыктын сайтын"),
    "uz": listed("озодликнинг telegram|озодликнинг телеграм|озодлик сайти блокланган"),
    "tg": listed("сомонаи радиои озодӣ"),
    "zh": listed("翻墙|如果您无法访问"),
    "es": listed("conéctese con la voz de américa|suscríbase a nuestro"),
    "pt": listed("acompanhe a voa"),
    "fr": listed("suivez la voa"),
    "tr": listed("voa türkçe'yi takip"),
    "id": listed("ikuti berita voa"),
}
"""What no paragraph of a story begins with."""

CHANNELS = listed(
    """
        telegram|телеграм|телеграмм|тэлеграм|telegrame|telegramu|تلگرام|ټیلیګرام|տելեգրամ|ტელეგრამ|facebook
        фейсбук|фэйсбук|фејсбук|فیسبوک|فیس‌بوک|ֆեյսբուք|ფეისბუქ|instagram|инстаграм|інстаграм|اینستاگرام|youtube
        ютуб|ютьюб|یوتیوب|یوټیوب|whatsapp|ватсап|واتساپ|واتس‌اپ|viber|вайбер|twitter|твиттер|твіттер|tiktok
        тикток|тікток|google news|google новости|google новини|google play|app store|x/twitter|threads|bluesky
        soundcloud|spotify|vpn|впн|newsletter|newsletters|рассылк|розсилк|бюлетин|njuzleter|bilten|hírlevél
        hírlevel|newslettere|newslettera|boletín|boletim|infolettre|bülten|خبرنامه|podcast|подкаст|our app
        приложение rfe|приложени|застосунок|mobilną|mobile app|android|ios|推特|脸书|臉書|电报|微博"""
)
"""Names of platforms, newsletters and means to reach a blocked site, in the spellings of the family."""
