"""Month names, case-folded, in the forms that stand in dates; January first. Forms of one month are parted by ``/``."""

from __future__ import annotations


def _table(months: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(forms.split("/")) for forms in months.split())


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
    "sr": "januar/januara/јануар/јануара februar/februara/фебруар/фебруара mart/marta/март/марта "
    "april/aprila/април/априла maj/maja/мај/маја juni/juna/jun/јун/јуна juli/jula/jul/јул/јула "
    "august/avgust/augusta/avgusta/август/августа septembar/septembra/септембар/септембра "
    "oktobar/oktobra/октобар/октобра novembar/novembra/новембар/новембра decembar/decembra/децембар/децембра",
    "sq": "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
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
    "az": "yanvar/yan fevral/fev mart/mar aprel/apr may iyun iyul avqust/avq sentyabr/sen oktyabr/okt noyabr/noy "
    "dekabr/dek",
    "ka": "იანვარი/იანვარს/იანვრის თებერვალი/თებერვალს/თებერვლის მარტი/მარტს/მარტის აპრილი/აპრილს/აპრილის "
    "მაისი/მაისს/მაისის ივნისი/ივნისს/ივნისის ივლისი/ივლისს/ივლისის აგვისტო/აგვისტოს სექტემბერი/სექტემბერს/სექტემბრის "
    "ოქტომბერი/ოქტომბერს/ოქტომბრის ნოემბერი/ნოემბერს/ნოემბრის დეკემბერი/დეკემბერს/დეკემბრის",
    "fa": "ژانویه/جنوری فوریه/فبروری مارس/مارچ آوریل/اپریل مه/می ژوئن/جون ژوئیه/جولای اوت/آگوست/اگست "
    "سپتامبر/سپتمبر اکتبر/اکتوبر نوامبر/نومبر دسامبر/دسمبر",
    "ps": "جنوري فبروري/فېبروري مارچ اپرېل/اپریل مې/مۍ/می جون جولای اګست "
    "سپټمبر/سپتمبر/سېپتمبر اکتوبر/اکټوبر نومبر/نوامبر ډسمبر/دسمبر",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ky": "январь/январда февраль/февралда март/мартта апрель/апрелде май/майда июнь/июнда июль/июлда август/августта "
    "сентябрь/сентябрда октябрь/октябрда ноябрь/ноябрда декабрь/декабрда",
    "tg": "январи/январ феврали/феврал марти/март апрели/апрел майи/май июни/июн июли/июл августи/август "
    "сентябри/сентябр октябри/октябр ноябри/ноябр декабри/декабр",
    "tk": "ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr",
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
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "ar": "يناير فبراير/شباط مارس/آذار/اذار أبريل/ابريل/إبريل/نيسان مايو/أيار/ايار يونيو/يونيه/حزيران يوليو/يوليه/تموز "
    "أغسطس/اغسطس/آب سبتمبر/أيلول/ايلول أكتوبر/اكتوبر نوفمبر ديسمبر",
    "he": "בינואר/ינואר בפברואר/פברואר במרץ/מרץ באפריל/אפריל במאי/מאי ביוני/יוני ביולי/יולי באוגוסט/אוגוסט "
    "בספטמבר/ספטמבר באוקטובר/אוקטובר בנובמבר/נובמבר בדצמבר/דצמבר",
    "uz": "yanvar/январ fevral/феврал mart/март aprel/апрел may/май iyun/июн iyul/июл avgust/август sentabr/сентябр "
    "oktabr/октябр noyabr/ноябр dekabr/декабр",
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

SPACED_MONTHS = {
    **{f"كانون {second}": month for second, month in (("الثاني", 1), ("الأول", 12), ("الاول", 12))},
    **{f"تشرين {second}": month for second, month in (("الأول", 10), ("الاول", 10), ("الثاني", 11))},
    **{name: month for month, names in enumerate(_THAI, 1) for name in names},
}
"""Names that are not one word of letters: months of the Levant with two words, Thai ones with vowel signs."""
