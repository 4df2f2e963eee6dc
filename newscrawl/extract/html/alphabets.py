"""Alphabets of the languages whose pages may be in an encoding of one or two bytes a letter.

To add a language, name the encodings in which it is written, the likeliest first, and either its letters beyond ASCII
or the ranges of its script, with its commonest letters and their share of a text where the script is not Latin.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """One language in the encodings that it is written in."""

    code: str
    """ISO 639."""
    encodings: tuple[str, ...]
    """Python's names."""
    alphabet: str = ""
    """Its letters beyond ASCII, lower case."""
    common: str = ""
    """Its commonest letters, where it is not written in Latin letters."""
    share: float = 1.0
    """Share of a text's letters beyond ASCII that these have."""
    ranges: tuple[tuple[int, int], ...] = ()
    """Code points of its script, where there are too many letters to list."""


_WESTERN = ("cp1252", "iso8859-15", "mac-roman", "cp850")
_CENTRAL = ("cp1250", "iso8859-2", "cp852")
_BALTIC = ("cp1257", "iso8859-13", "iso8859-4")
_TURKISH = ("cp1254", "iso8859-9")
_CYRILLIC = ("cp1251", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic")
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_HAN = ((0x3400, 0x9FFF), (0x3000, 0x303F), (0xFF00, 0xFFEF))

LANGUAGES = (
    Language("ru", _CYRILLIC, _RUSSIAN, "оеаинтсрвлк", 0.66),
    Language("en", _WESTERN, "éèêëàâçñöüïôœæ"),
    Language("fr", _WESTERN, "àâæçéèêëîïôœùûüÿ"),
    Language("de", _WESTERN, "äöüßéèàç"),
    Language("es", _WESTERN, "áéíñóúüªº¿¡"),
    Language("pt", _WESTERN, "áâãàçéêíóôõúüªº"),
    Language("it", _WESTERN, "àèéìíîòóùú"),
    Language("sv", _WESTERN, "åäöéàü"),
    Language("da", _WESTERN, "æøåéöäü"),
    Language("is", _WESTERN, "áðéíóúýþæö"),
    Language("nl", _WESTERN, "éèëïöüáóíúç"),
    Language("cs", _CENTRAL, "áčďéěíňóřšťúůýž"),
    Language("sk", _CENTRAL, "áäčďéíĺľňóôŕšťúýž"),
    Language("pl", _CENTRAL, "ąćęłńóśźż"),
    Language("hu", _CENTRAL, "áéíóöőúüű"),
    Language("ro", (*_CENTRAL, "iso8859-16"), "ăâîşţșț"),
    Language("sr", _CENTRAL, "čćđšž"),
    Language("sl", _CENTRAL, "čšž"),
    Language("sq", ("cp1252", "cp1250", "iso8859-2"), "ëç"),
    Language("tr", _TURKISH, "çğıöşüâîûİ"),
    Language("az", _TURKISH, "çəğıöşüİ"),
    Language("et", (*_BALTIC, "cp1252"), "äöõüšž"),
    Language("lv", _BALTIC, "āčēģīķļņšūž"),
    Language("lt", _BALTIC, "ąčęėįšųūž"),
    Language("vi", ("cp1258",), "ăâđêôơưàảãáạèéìíòóùúý\u0300\u0301\u0303\u0309\u0323₫"),
    Language("uk", _CYRILLIC, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяʼ", "оаинівтерскдлу", 0.72),
    Language("be", ("cp1251", "iso8859-5", "cp866"), "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "аніыкрстелвяод", 0.74),
    Language("bg", _CYRILLIC, "абвгдежзийклмнопрстуфхцчшщъьюя", "аоиетнрсвлдкп", 0.75),
    Language("mk", ("cp1251", "iso8859-5", "mac-cyrillic"), "абвгдѓежзѕијклљмнњопрстќуфхцчџш", "аоиетнрсвлдјкп", 0.78),
    Language("sr", ("cp1251", "iso8859-5", "mac-cyrillic"), "абвгдђежзијклљмнњопрстћуфхцчџш", "аоиенрстујдкв", 0.78),
    Language("kk", ("ptcp154", "kz1048"), _RUSSIAN + "әғқңөұүһі", "аеыітнрлдсқому", 0.75),
    Language("tg", ("koi8-t",), _RUSSIAN + "ғӣқӯҳҷ", "аоинрдтеомлкш", 0.72),
    Language("el", ("cp1253", "iso8859-7"), "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", "αοιετσνηυρπκίς", 0.74),
    Language("he", ("cp1255", "iso8859-8"), "אבגדהוזחטיכךלמםנןסעפףצץקרשת", "יוהלאמרתבנש", 0.74),
    Language("ar", ("cp1256", "iso8859-6"), "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْـ", "اليمنورتبةعدفه", 0.72),
    Language("fa", ("cp1256",), "ءآأؤإئابپةتثجچحخدذرزژسشصضطظعغفقكکگلمنهوىيیًٌٍَُِّْـ", "اینردهومتبسلک", 0.7),
    Language("th", ("cp874", "tis-620"), common="านรอกเงมยลวดทสตะปบคหแ่้ีัิ", share=0.76, ranges=((0x0E00, 0x0E7F),)),
    Language(
        "zh",
        ("gb18030", "gbk"),
        common="的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
        "民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那"
        "社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并"
        "提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放"
        "西被干做必战先回则任取完举星消防志愿守河官周末市记送校育馆早没失踪站墙旁说前雨降旧桥查开放府党美俄乌总统报道京",
        share=0.62,
        ranges=_HAN,
    ),
    Language(
        "zh",
        ("big5", "big5hkscs", "cp950"),
        common="的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所"
        "民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那"
        "社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並"
        "提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放"
        "西被幹做必戰先回則任取完舉星消防志願守河官週末市記送校育館早失蹤站牆旁說雨降舊橋查開放府美俄烏總統報導京",
        share=0.62,
        ranges=_HAN,
    ),
    Language(
        "ja",
        ("cp932", "shift_jis", "euc_jp"),
        common="のにるたをはしがとでれなすてかもいりこさらまうあんくきっそけよせつえろめばわどみじずちおだ、。ンスルトイラリクシアドレジフ",
        share=0.55,
        ranges=((0x3000, 0x30FF), *_HAN, (0xFF61, 0xFF9F)),
    ),
    Language(
        "ko",
        ("cp949", "euc_kr", "johab"),
        common="이다는에을의가고하지로한은를도서과기사인대시자원부그일해나리어정아들수있스보전까라제여니라동경구공장조상주위성당관소화면했안"
        "것오만것음으와게며않였된할될밝말",
        share=0.55,
        ranges=((0xAC00, 0xD7A3), *_HAN),
    ),
)
"""Where two languages fit alike, the first counts."""
