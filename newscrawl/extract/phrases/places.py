"""Places that open datelines and agency captions of the family's newsrooms, case-folded, in their languages.

Countries and capitals of the regions they cover, and where they report from. A place that is missing here is still
recognised by two hyphens or, in a dateline, by its capitals.
"""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

_TABLES = {
    "en": """
        afghanistan|albania|armenia|australia|austria|azerbaijan|belarus|belgium|bosnia|bosnia and herzegovina
        britain|bosnia-herzegovina|bulgaria|canada|china|crimea|croatia|cyprus|czech republic|czechia|denmark
        egypt|england|estonia|finland|france|georgia|germany|great britain|greece|hong kong|hungary|india|iran
        iraq|ireland|israel|italy|japan|jordan|kazakhstan|kosovo|kyrgyzstan|latvia|lebanon|lithuania|macedonia
        moldova|mongolia|montenegro|netherlands|nagorno-karabakh|north korea|north macedonia|norway|pakistan
        palestine|poland|portugal|qatar|romania|russia|saudi arabia|scotland|serbia|slovakia|slovenia
        south korea|spain|sweden|switzerland|syria|taiwan|tajikistan|tatarstan|chechnya|dagestan|ingushetia
        abkhazia|south ossetia|transdniester|transnistria|thailand|turkey|turkiye|turkmenistan|u.a.e.|uae|u.k.
        u.s|u.s.|uk|ukraine|united kingdom|united states|us|usa|uzbekistan|vatican|venezuela|vietnam|yemen
        almaty|amman|ankara|aqaba|ashgabat|astana|athens|baghdad|baku|bamako|beijing|beirut|belgrade|berlin
        bishkek|bratislava|brussels|bucharest|budapest|cairo|chisinau|damascus|dnipro|donetsk|doha|dubai
        dushanbe|geneva|helsinki|herat|islamabad|istanbul|jerusalem|kabul|kandahar|kazan|kharkiv|kherson|kyiv
        kiev|lahore|london|luhansk|lviv|madrid|mariupol|minsk|mitrovica|moscow|munich|new delhi|new york
        nur-sultan|odesa|osh|oslo|paris|peshawar|podgorica|prague|pristina|quetta|riga|riyadh|rome|sarajevo
        seoul|sevastopol|simferopol|skopje|sofia|st. petersburg|stockholm|strasbourg|sukhumi|tallinn|tashkent
        tbilisi|tehran|tel aviv|the hague|tirana|tiraspol|tokyo|ufa|ulan bator|united nations|vienna|vilnius
        warsaw|washington|yekaterinburg|yerevan|zagreb|zaporizhzhya|aktau|batumi|bitola|brcko|bucha|cluj|comrat
        gori|grozny|gyumri|iasi|irpin|izyum|kerch|khorog|kutaisi|lutsk|lyman|mostar|naryn|nis|ohrid|omsk|perm|poti
        prizren|qom|rivne|semey|shiraz|shusha|sochi|sumy|szeged|tabriz|talas|tetovo|tomsk|tula|tuzla|tver|uman
        varna|yalta|zenica|zugdidi""",
    "ru": """
        австрия|азербайджан|албания|армения|афганистан|беларусь|белоруссия|бельгия|болгария|босния
        босния и герцеговина|великобритания|венгрия|германия|греция|грузия|дания|египет|израиль|индия|ирак|иран
        ирландия|испания|италия|казахстан|канада|китай|косово|крым|кыргызстан|киргизия|латвия|ливан|литва
        македония|молдова|молдавия|монголия|нидерланды|норвегия|пакистан|польша|португалия|россия|румыния|сербия
        сирия|словакия|словения|сша|таджикистан|татарстан|туркменистан|турция|узбекистан|украина|финляндия
        франция|хорватия|черногория|чехия|чечня|швейцария|швеция|эстония|япония|дагестан|абхазия|южная осетия
        приднестровье|алматы|анкара|астана|ашхабад|баку|белград|берлин|бишкек|брюссель|будапешт|бухарест|варшава
        вашингтон|вена|вильнюс|гаага|грозный|днепр|донецк|душанбе|екатеринбург|ереван|женева|иркутск|казань|киев
        кишинев|кишинёв|лондон|львов|магас|мариуполь|махачкала|минск|москва|мюнхен|нальчик|новосибирск|нью-йорк
        одесса|ош|париж|пекин|прага|рига|рим|санкт-петербург|севастополь|симферополь|стамбул|страсбург|сухуми
        таллин|ташкент|тбилиси|тегеран|уфа|харьков|херсон|хельсинки|цхинвали|запорожье|буча|изюм
        керчь|омск|пермь|сочи|сумы|тверь|томск|тула|чита|элиста|ялта|якутск""",
    "uk": """
        австрія|азербайджан|албанія|афганістан|білорусь|бельгія|болгарія|велика британія|вірменія|греція|грузія
        данія|естонія|єгипет|ізраїль|індія|ірак|іран|ірландія|іспанія|італія|казахстан|канада|китай|киргизстан
        крим|латвія|литва|ліван|молдова|нідерланди|німеччина|норвегія|польща|росія|румунія|сербія|сирія
        словаччина|словенія|сша|таджикистан|туреччина|туркменістан|угорщина|узбекистан|україна|фінляндія|франція
        хорватія|чехія|чорногорія|швейцарія|швеція|японія|анкара|берлін|брюссель|будапешт|бухарест|варшава
        вашингтон|вільнюс|гаага|дніпро|донецьк|женева|запоріжжя|київ|кишинів|лондон|луганськ|львів|маріуполь
        мінськ|москва|мюнхен|нью-йорк|одеса|париж|прага|рига|рим|севастополь|сімферополь|стамбул|страсбург
        тбілісі|харків|херсон|чернігів|суми|миколаїв|бахмут|буча|ізюм|ірпінь
        керч|лиман|луцьк|рівне|умань|ялта""",
    "be": """
        беларусь|бэльгія|вялікабрытанія|грузія|злучаныя штаты|казахстан|кітай|латвія|летува|літва|малдова
        нямеччына|польшча|расея|расія|украіна|францыя|чэхія|эстонія|берасьце|брусэль|варшава|вашынгтон|вільня
        віцебск|горадня|гомель|гродна|кіеў|магілёў|масква|менск|мінск|нью-ёрк|прага|рыга|талін""",
    "bg": """
        българия|белгия|великобритания|германия|гърция|китай|косово|македония|молдова|полша|румъния|русия|сащ
        северна македония|сирия|сърбия|турция|украйна|унгария|франция|чехия|анкара|белград|берлин|брюксел
        букурещ|варна|вашингтон|киев|лондон|минск|москва|париж|пловдив|прага|скопие|софия""",
    "mk": """
        македонија|северна македонија|бугарија|босна и херцеговина|германија|грција|косово|русија|сад|србија
        турција|украина|франција|хрватска|црна гора|албанија|атина|белград|берлин|брисел|вашингтон|киев|лондон
        москва|охрид|париж|прага|приштина|скопје|софија|тетово""",
    "sr": """
        albanija|belgija|bosna i hercegovina|bih|bugarska|crna gora|grčka|hrvatska|kina|kosovo|mađarska|nemačka
        njemačka|rusija|sad|severna makedonija|sjeverna makedonija|slovenija|srbija|sirija|turska|ukrajina
        francuska|banjaluka|beč|banja luka|beograd|berlin|brisel|budva|cetinje|hag|kijev|london|mitrovica|moskva
        mostar|njujork|niš|novi sad|pariz|podgorica|prag|priština|sarajevo|skoplje|srebrenica|tirana|tuzla
        vašington|zagreb|zenica|београд|србија""",
    "sq": """
        belgjikë|bosnjë dhe hercegovinë|gjermani|kosovë|maqedonia e veriut|mali i zi|rusi|serbi|shba|shqipëri
        turqi|ukrainë|beograd|bruksel|kiev|londër|mitrovicë|moskë|nju jork|podgoricë|prishtinë|shkup|tiranë
        uashington""",
    "ro": """
        belgia|bulgaria|franța|germania|moldova|r. moldova|republica moldova|românia|rusia|sua|transnistria
        turcia|ucraina|ungaria|bălți|berlin|bruxelles|bucurești|chișinău|cluj|comrat|haga|iași|kiev|londra
        moscova|paris|praga|tiraspol|timișoara|varșovia|washington""",
    "hu": """
        magyarország|belgium|egyesült államok|lengyelország|németország|oroszország|románia|szerbia|szlovákia
        törökország|ukrajna|brüsszel|budapest|debrecen|kijev|moszkva|prága|strasbourg|szeged|varsó|washington""",
    "crh": """
        qırım|ukraina|rusiye|türkiye|amerika|aqmescit|aqyar|keriç|kezlev|bağçasaray|canköy|kefe|kıyiv|kyiv|kiyev
        moskva|ankara|istanbul|brüssel|vaşington""",
    "tt": "казан|татарстан|башкортстан|русия|украина|төркия|мәскәү|уфа|чаллы|кырым|прага|вашингтон|брюссель",
    "ce": "соьлжа-гӏала|соьлжа-гiала|нохчийчоь|оьрсийчоь|украина|москох|прага|прахӏа|прахiа",
    "hy": """
        հայաստան|ադրբեջան|արցախ|լեռնային ղարաբաղ|վրաստան|ռուսաստան|իրան|թուրքիա|ուկրաինա|ամն|ֆրանսիա|բելգիա
        երևան|գյումրի|վանաձոր|ստեփանակերտ|մոսկվա|բրյուսել|վաշինգտոն|թբիլիսի|բաքու|պրահա|փարիզ|ստրասբուրգ""",
    "az": """
        azərbaycan|ermənistan|gürcüstan|rusiya|türkiyə|ukrayna|iran|abş|belçika|bakı|gəncə|sumqayıt|naxçıvan
        tiflis|moskva|ankara|brüssel|praqa|vaşinqton|yerevan|kiyev""",
    "ka": """
        საქართველო|აფხაზეთი|სამხრეთ ოსეთი|რუსეთი|უკრაინა|თურქეთი|აზერბაიჯანი|სომხეთი|აშშ|ბელგია|თბილისი|ბათუმი
        ქუთაისი|სოხუმი|ცხინვალი|მოსკოვი|კიევი|ბრიუსელი|ვაშინგტონი|პრაღა|ერევანი|ბაქო|სტრასბურგი""",
    "fa": """
        افغانستان|ایران|اسرائیل|آلمان|آمریکا|امریکا|ایالات متحده|اوکراین|بریتانیا|بلژیک|پاکستان|تاجیکستان|ترکیه
        چین|روسیه|سوریه|عراق|عربستان سعودی|فرانسه|قطر|لبنان|یمن|اصفهان|اسلام‌آباد|بروکسل|بغداد|برلین|بیروت|پاریس
        پراگ|تبریز|تهران|دمشق|دوحه|دوبی|ژنو|شیراز|کابل|کی‌یف|لندن|مسکو|مشهد|نیویورک|واشنگتن|واشینگتن|وین|هرات
        قندهار|مزار شریف""",
    "ps": """
        افغانستان|پاکستان|امریکا|ایران|روسیه|اوکراین|بریتانیا|المان|کابل|کندهار|هرات|ننګرهار|جلال‌اباد|پېښور
        اسلام‌اباد|کوټه|کراچۍ|لاهور|باجوړ|وزیرستان|سوات|خوست|پکتیا|واشنګټن|مسکو|لندن|دوحه""",
    "kk": """
        қазақстан|ресей|қытай|өзбекстан|қырғызстан|украина|түркия|ақш|беларусь|бельгия|ауғанстан|алматы|астана
        нұр-сұлтан|шымкент|ақтау|ақтөбе|атырау|орал|қарағанды|жаңаөзен|мәскеу|прага|брюссель|вашингтон|киев
        бішкек|ташкент""",
    "ky": """
        кыргызстан|казакстан|өзбекстан|тажикстан|орусия|россия|украина|кытай|түркия|акш|бишкек|ош|жалал-абад
        каракол|нарын|талас|баткен|алматы|москва|прага|брюссель|вашингтон|киев""",
    "tg": """
        тоҷикистон|афғонистон|русия|украина|ӯзбекистон|қирғизистон|эрон|чин|амрико|душанбе|хуҷанд|хоруғ|кӯлоб
        бохтар|маскав|прага|брюссел|вашингтон|тошканд|кобул""",
    "tk": """
        türkmenistan|owganystan|russiýa|ukraina|özbegistan|gazagystan|eýran|türkiýe|aşgabat|mary|daşoguz|lebap
        balkan|moskwa|praga|brýussel|waşington|kabul""",
    "uz": """
        ўзбекистон|қозоғистон|тожикистон|қирғизистон|туркманистон|афғонистон|россия|украина|туркия|ақш|тошкент
        самарқанд|андижон|фарғона|наманган|бухоро|хоразм|нукус|москва|прага|брюссель|вашингтон|o‘zbekiston
        toshkent|samarqand""",
    "zh": """
        华盛顿|華盛頓|北京|上海|香港|台北|東京|东京|首尔|首爾|纽约|紐約|洛杉矶|洛杉磯|旧金山|舊金山|莫斯科|基辅
        基輔|布鲁塞尔|布魯塞爾|伦敦|倫敦|巴黎|柏林|日内瓦|日內瓦|曼谷|新德里|联合国|聯合國|白宫|白宮|五角大楼
        國會山|国会山|国务院|國務院|美国|美國|中国|中國|台湾|台灣|日本|俄罗斯|乌克兰""",
}

PLACES_BY_LANGUAGE: Table = {language: listed(places) for language, places in _TABLES.items()}

PLACES = frozenset(place.casefold() for places in PLACES_BY_LANGUAGE.values() for place in places)
