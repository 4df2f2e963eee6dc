"""Month names, case-folded, in the forms that stand in dates; January first. Forms of one month are parted by ``/``."""

from __future__ import annotations

from unicodedata import normalize


def _table(months: str) -> tuple[tuple[str, ...], ...]:
    """Return the forms of each month, January first; ``-`` stands for a month that has none here."""
    return tuple(
        tuple(forms.split("/")) if forms != "-" else () for forms in normalize("NFC", months.casefold()).split()
    )


_TABLES = {
    "en": "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep "
    "october/oct november/nov december/dec",
    "ru": "января/январь/янв февраля/февраль/февр/фев марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн "
    "июля/июль/июл августа/август/авг сентября/сентябрь/сент/сен октября/октябрь/окт ноября/ноябрь/нояб/ноя "
    "декабря/декабрь/дек",
    "uk": "січня/січень/січ лютого/лютий/лют березня/березень/бер квітня/квітень/квіт травня/травень/трав "
    "червня/червень/черв липня/липень/лип серпня/серпень/серп вересня/вересень/вер жовтня/жовтень/жовт "
    "листопада/листопад/лист грудня/грудень/груд",
    "be": "студзеня/студзень лютага/люты сакавіка/сакавік красавіка/красавік траўня/мая/травень чэрвеня/чэрвень "
    "ліпеня/ліпень жніўня/жнівень верасня/верасень кастрычніка/кастрычнік лістапада/лістапад "
    "сьнежня/снежня/сьнежань/снежань",
    "bg": "януари/яну февруари/фев март/мар април/апр май юни юли август/авг септември/сеп октомври/окт ноември/ное "
    "декември/дек",
    "mk": "јануари/јан февруари/фев март/мар април/апр мај јуни/јун јули/јул август/авг септември/септ/сеп "
    "октомври/окт ноември/ное декември/дек",
    "hr": "siječnja/siječanj veljače/veljača ožujka/ožujak travnja/travanj svibnja/svibanj lipnja/lipanj srpnja/srpanj "
    "kolovoza/kolovoz rujna/rujan oktobar studenoga/studenog/studeni prosinca/prosinac",
    "sr": "januar/januara/јануар/јануара februar/februara/фебруар/фебруара mart/marta/март/марта "
    "april/aprila/април/априла maj/maja/мај/маја juni/juna/jun/јун/јуна juli/jula/jul/јул/јула "
    "august/avgust/augusta/avgusta/август/августа septembar/septembra/септембар/септембра "
    "oktobar/oktobra/октобар/октобра novembar/novembra/новембар/новембра decembar/decembra/децембар/децембра",
    "sq": "janar/jan shkurt/shk mars/mar prill/pri maj qershor/qer korrik/korr gusht/gush shtator/shta tetor/tet "
    "nëntor/nën dhjetor/dhj",
    "ro": "ianuarie/ian februarie/feb martie/mar aprilie/apr mai iunie/iun iulie/iul august/aug septembrie/sept "
    "octombrie/oct noiembrie/nov decembrie/dec",
    "hu": "január/jan február/febr március/márc április/ápr május/máj június/jún július/júl augusztus/aug "
    "szeptember/szept október/okt november/nov december/dec",
    "crh": "yanvar/ocak/yanvarniñ fevral/şubat/fevralniñ mart/martnıñ aprel/nisan/aprelniñ mayıs/mayısnıñ iyün/haziran "
    "iyül/temmuz avgust/ağustos sentâbr/eylül oktâbr/ekim noyabr/kasım dekabr/aralıq",
    "tt": "гыйнвар/январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ce": "январь/январехь февраль/февралехь март/мартехь апрель/апрелехь май/майхь июнь/июнехь июль/июлехь "
    "август/августехь сентябрь/сентябрехь октябрь/октябрехь ноябрь/ноябрехь декабрь/декабрехь",
    "hy": "հունվարի/հունվար փետրվարի/փետրվար մարտի/մարտ ապրիլի/ապրիլ մայիսի/մայիս հունիսի/հունիս հուլիսի/հուլիս "
    "օգոստոսի/օգոստոս սեպտեմբերի/սեպտեմբեր հոկտեմբերի/հոկտեմբեր նոյեմբերի/նոյեմբեր դեկտեմբերի/դեկտեմբեր",
    "az": "yanvar/yan fevral/fev mart/mar aprel/apr may iyun/iyn iyul/iyl avqust/avq sentyabr/sen oktyabr/okt "
    "noyabr/noy dekabr/dek",
    "ka": "იანვარი/იანვარს/იანვრის/იან თებერვალი/თებერვალს/თებერვლის/თებ მარტი/მარტს/მარტის/მარ "
    "აპრილი/აპრილს/აპრილის/აპრ მაისი/მაისს/მაისის/მაი ივნისი/ივნისს/ივნისის/ივნ ივლისი/ივლისს/ივლისის/ივლ "
    "აგვისტო/აგვისტოს/აგვ სექტემბერი/სექტემბერს/სექტემბრის/სექ/სექტ ოქტომბერი/ოქტომბერს/ოქტომბრის/ოქტ "
    "ნოემბერი/ნოემბერს/ნოემბრის/ნოე დეკემბერი/დეკემბერს/დეკემბრის/დეკ",
    "fa": "ژانویه/جنوری/ینایر فوریه/فبروری/فبرایر مارس/مارچ آوریل/آپریل/اپریل/ابریل مه/می/مایو ژوئن/جون/یونیو "
    "ژوئیه/جولای/یولیو اوت/آگوست/اگست/آگست/اوگوست/اغسطس سپتامبر/سپتمبر/سبتمبر اکتبر/اکتوبر نوامبر/نومبر/نوفمبر "
    "دسامبر/دسمبر/دیسمبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "ckb": "- شوبات ئازار/ئادار نیسان ئایار/گوڵان حوزەیران تەمموز/تەممووز ئاب/ئۆگۆست ئەیلوول/ئەیلول "
    "ئۆکتۆبەر نۆڤەمبەر دیسەمبەر",
    "kmr": "çile/rêbendan sibat/reşemî adar nîsan/avrêl gulan hezîran/pûşper tîrmeh/temûz tebax îlon/rezber "
    "cotmeh/kewçêr mijdar/sermawez berfanbar",
    "el": "ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ απριλίου/απρίλιος/απρ "
    "μαΐου/μαίου/μάιος/μαΐος/μαϊ/μαι ιουνίου/ιούνιος/ιουν ιουλίου/ιούλιος/ιουλ αυγούστου/αύγουστος/αυγ "
    "σεπτεμβρίου/σεπτέμβριος/σεπ/σεπτ οκτωβρίου/οκτώβριος/οκτ νοεμβρίου/νοέμβριος/νοε δεκεμβρίου/δεκέμβριος/δεκ",
    "id": "januari/jan februari/feb maret/mar april/apr mei juni/jun juli/jul agustus/agu/agt september/sep "
    "oktober/okt november/nov desember/des",
    "ht": "janvye fevriye mas avril me jen jiyè/jiye - septanm/septanb oktòb novanm/novanb desanm/desanb",
    "so": "janaayo/jannaayo febraayo/febaraayo maarso/maarj abriil/abril maajo/maay juun/juunyo luulyo/julaay "
    "agoosto/ogoosto sebteembar/setembar oktoobar/oktobar nofembar/noofembar disembar/diseembar",
    "sw": "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
    "ha": "janairu fabrairu maris afrilu mayu yuni yuli agusta satumba oktoba nuwamba disamba",
    "rw": "mutarama gashyantare werurwe mata gicurasi kamena nyakanga kanama nzeri ukwakira ugushyingo ukuboza",
    "sn": "ndira kukadzi kurume kubvumbi chivabvu chikumi chikunguru nyamavhuvhu gunyana gumiguru mbudzi zvita",
    "nd": "zibandlela nhlolanja mbimbitho mabasa nkwenkwezi nhlangula ntulikazi ncwabakazi mpandula mfumfu lwezi "
    "mpalakazi",
    "ln": "yanwali/yanuali febwali/febuali marsi/mársi aprili/apríli mai yuni yuli augusti/ogusti "
    "septembe/sɛtɛmbɛ/setembe okotobe/ɔkɔtɔbɛ/oktobe novembe/nɔvɛmbɛ desembe/dɛsɛmbɛ",
    "bm": "zanwiye/zanwuye feburiye/fewuruye marisi awirili mɛ zuwɛn zuluye uti/ut sɛtanburu ɔkutɔburu nowanburu "
    "desanburu",
    "om": "amajjii guraandhala bitooteessa/bitootessa ebla/eebila/eebla caamsaa waxabajjii adoolessa/adooleessa "
    "hagayya fulbaana/fuulbana onkololeessa sadaasa muddee",
    "am": "ጃንዋሪ/ጃንዩወሪ/ጃኑዋሪ/ጃንዩዌሪ ፌብሩዋሪ/ፌብሩወሪ/ፌብሯሪ/ፌብርዋሪ ማርች ኤፕሪል/ኤፕረል/አፕሪል ሜይ ጁን/ጁነ ጁላይ/ጁላይን ኦገስት/ኦገስቲ/ኦጎስት "
    "ሴፕቴምበር/ሴፕተምበር ኦክቶበር/ኦክተውበር ኖቬምበር/ኖቨምበር ዲሴምበር/ዲሰምበር",
    "ti": "ጥሪ ለካቲት - - - ሰነ ሓምለ ነሓሰ - ጥቅምቲ ሕዳር ታሕሳስ",
    "ps": "جنوري فبروري/فېبروري مارچ اپرېل/اپریل مې/مۍ/می جون جولای اګست "
    "سپټمبر/سپتمبر/سېپتمبر اکتوبر/اکټوبر نومبر/نوامبر ډسمبر/دسمبر",
    "kk": "қаңтар/қаң ақпан/ақп наурыз/нау сәуір/сәу мамыр/мам маусым/мау шілде/шіл тамыз/там қыркүйек/қыр "
    "қазан/қаз қараша/қар желтоқсан/жел",
    "ky": "январь/январда февраль/февралда март/мартта апрель/апрелде май/майда июнь/июнда июль/июлда август/августта "
    "сентябрь/сентябрда октябрь/октябрда ноябрь/ноябрда декабрь/декабрда",
    "tg": "январи/январ феврали/феврал марти/март апрели/апрел майи/май июни/июн июли/июл августи/август "
    "сентябри/сентябр октябри/октябр ноябри/ноябр декабри/декабр",
    "tk": "ýanwar/ýan fewral/few mart/mar aprel/apr maý iýun/iýn iýul/iýl awgust/awg sentýabr/sen oktýabr/okt "
    "noýabr/noý dekabr/dek",
    "de": "januar/jänner/jan februar/feber/feb märz/mär april/apr mai juni/jun juli/jul august/aug september/sept/sep "
    "oktober/okt november/nov dezember/dez",
    "fr": "janvier/janv février/févr mars avril/avr mai juin juillet/juil août septembre/sept octobre/oct novembre/nov "
    "décembre/déc",
    "es": "enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto septiembre/setiembre/sept "
    "octubre/oct noviembre/nov diciembre/dic",
    "pt": "janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set "
    "outubro/out novembro/nov dezembro/dez",
    "it": "gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago settembre/set "
    "ottobre/ott novembre/nov dicembre/dic",
    "nl": "januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep oktober/okt "
    "november/nov december/dec",
    "pl": "stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec lipca/lipiec "
    "sierpnia/sierpień września/wrzesień października/październik listopada/listopad grudnia/grudzień",
    "cs": "ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec "
    "srpna/srpen září října/říjen listopadu prosince/prosinec",
    "tr": "ocak/oca şubat/şub mart nisan/nis mayıs haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas "
    "aralık/ara",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "ar": "يناير فبراير/شباط مارس/آذار/اذار أبريل/ابريل/إبريل/نيسان مايو/أيار/ايار يونيو/يونيه/حزيران يوليو/يوليه/تموز "
    "أغسطس/اغسطس/آب سبتمبر/أيلول/ايلول أكتوبر/اكتوبر نوفمبر ديسمبر",
    "he": "בינואר/ינואר בפברואר/פברואר במרץ/מרץ באפריל/אפריל במאי/מאי ביוני/יוני ביולי/יולי באוגוסט/אוגוסט "
    "בספטמבר/ספטמבר באוקטובר/אוקטובר בנובמבר/נובמבר בדצמבר/דצמבר",
    "uz": "yanvar/yan/январ fevral/fev/феврал mart/март aprel/апрел may/май iyun/июн iyul/июл avgust/август "
    "sentabr/сентябр oktabr/октябр noyabr/ноябр dekabr/декабр",
}

MONTHS = {language: _table(months) for language, months in _TABLES.items()}

SOLAR_MONTHS = _table(
    "فروردین/حمل/وری اردیبهشت/ثور/غویی خرداد/جوزا/غبرګولی تیر/سرطان/چنګاښ مرداد/اسد/زمری شهریور/سنبله/وږی "
    "مهر/میزان/تله آبان/عقرب/لړم آذر/قوس/لیندۍ دی/جدی/مرغومی بهمن/دلو/سلواغه اسفند/حوت/کب"
)
"""Solar Hijri: the Iranian names, the Afghan ones in Dari, the Afghan ones in Pashto."""

_THAI = _table(
    "มกราคม/ม.ค. กุมภาพันธ์/ก.พ. มีนาคม/มี.ค. เมษายน/เม.ย. พฤษภาคม/พ.ค. มิถุนายน/มิ.ย. กรกฎาคม/ก.ค. สิงหาคม/ส.ค. กันยายน/ก.ย. "
    "ตุลาคม/ต.ค. พฤศจิกายน/พ.ย. ธันวาคม/ธ.ค."
)

_WITH_SIGNS = (
    _THAI,
    _table(
        "জানুয়ারি/জানুয়ারী/জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী/ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট/অগাস্ট সেপ্টেম্বর "
        "অক্টোবর নভেম্বর ডিসেম্বর"
    ),
    _table(
        "ဇန်နဝါရီ/ဇန္နဝါရီ/ဇန်နဝါရီလ ဖေဖော်ဝါရီ/ဖေဖေါ်ဝါရီ/ဖေဖော်ဝါရီလ မတ်/မတ်လ ဧပြီ/ဧပြီလ မေ/မေလ ဇွန်/ဇွန်လ ဇူလိုင်/ဇူလိုင်လ ဩဂုတ်/သြဂုတ်/ဩဂုတ်လ/သြဂုတ်လ "
        "စက်တင်ဘာ/စက်တင်ဘာလ အောက်တိုဘာ/အောက်တိုဘာလ နိုဝင်ဘာ/နိုဝင်ဘာလ ဒီဇင်ဘာ/ဒီဇင်ဘာလ"
    ),
    _table("មករា កុម្ភៈ/កុម្ភះ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ"),
    _table("ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ"),
    _table("जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर"),
)
"""Thai, Bangla, Burmese, Khmer, Lao and Hindi names, whose vowel signs are no letters to a regular expression."""

SPACED_MONTHS = {
    **{f"کانوونی {second}": month for second, month in (("دووەم", 1), ("یەکەم", 12))},
    **{f"تشرینی {second}": month for second, month in (("یەکەم", 10), ("دووەم", 11))},
    **{f"كانون {second}": month for second, month in (("الثاني", 1), ("الأول", 12), ("الاول", 12))},
    **{f"تشرين {second}": month for second, month in (("الأول", 10), ("الاول", 10), ("الثاني", 11))},
    **{name: month for table in _WITH_SIGNS for month, names in enumerate(table, 1) for name in names},
}
"""Names that are not one word of letters: those of the Levant and of Kurdistan in two words, and those with signs."""
