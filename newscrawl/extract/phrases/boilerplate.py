"""What begins a pointer to another story, a notice, a bio, other stories; case-folded."""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

ALSO_READ: Table = {
    "en": listed(
        """
        read also|see also|also read|read more|watch also|watch|listen|related|also by this author|see more
        watch more|listen also"""
    ),
    "ru": listed(
        """
        читайте также|читать также|смотрите также|слушайте также|также по теме|по теме|подробнее|читайте ещё
        читайте еще|также читайте|читайте по теме|читать по теме|смотрите ещё|смотрите еще"""
    ),
    "uk": listed(
        """
        читайте також|дивіться також|слухайте також|більше на цю тему|докладніше|читайте ще|також читайте
        читайте за темою|дивіться ще"""
    ),
    "be": listed(
        """
        чытайце таксама|глядзіце таксама|слухайце таксама|чытайце па тэме|чытайце яшчэ|глядзіце яшчэ|таксама чытайце"""
    ),
    "bg": listed(
        """
        прочетете още|прочетете също|вижте още|вижте също|чуйте още|гледайте още|четете още|прочетете и|вижте и"""
    ),
    "mk": listed("прочитајте и|прочитајте повеќе|видете и|погледнете и|читајте и|прочитајте уште"),
    "sr": listed(
        """
        pročitajte i|pročitajte još|pročitajte i ovo|pročitajte više|pogledajte i|pogledajte još|vidi još|čitajte i
        čitajte još|čitajte više|vidi i|vidite i"""
    ),
    "sq": listed("lexo edhe|lexoni edhe|shikoni edhe|lexoni më shumë|shih edhe|shihni edhe|lexo më shumë"),
    "ro": listed(
        """
        citiți și|citiţi şi|citește și|citeşte şi|vedeți și|vezi și|vezi şi|citește mai mult|citiți mai mult
        citeşte mai mult"""
    ),
    "hu": listed(
        """
        olvasd el ezt is|olvassa el ezt is|lásd még|kapcsolódó cikkünk|olvasd tovább|olvassa tovább|nézd meg ezt is"""
    ),
    "crh": listed("oquñız|bunı da oquñız|baqıñız"),
    "tt": listed("моны да укыгыз|шулай ук укыгыз"),
    "hy": listed("կարդացեք նաև|դիտեք նաև|տես նաև|տեսեք նաև"),
    "az": listed("həmçinin oxu|həmçinin bax|həmçinin oxuyun|bunu da oxu|bunu da oxuyun|həmçinin baxın"),
    "ka": listed(
        """
        ასევე ნახეთ|ასევე წაიკითხეთ|წაიკითხეთ აგრეთვე|იხილეთ აგრეთვე|იხილეთ ასევე|ნახეთ აგრეთვე|წაიკითხეთ ასევე"""
    ),
    "fa": listed(
        """
        بیشتر بخوانید|در این زمینه بیشتر بخوانید|در همین زمینه|همچنین بخوانید|در همین رابطه
        در این باره بیشتر بخوانید"""
    ),
    "ps": listed("نور ولولئ|دا هم ولولئ"),
    "kk": listed("оқи отырыңыз|тағы оқыңыз|сондай-ақ оқыңыз|тағы қараңыз|сондай-ақ қараңыз"),
    "ky": listed("дагы окуңуз|ошондой эле окуңуз|дагы караңыз|ошондой эле караңыз"),
    "tg": listed("инро ҳам бихонед|ҳамчунин бихонед"),
    "tk": listed("şeýle-de okaň|şeýle hem okaň"),
    "uz": listed("яна ўқинг|шунингдек ўқинг|yana o‘qing|shuningdek o‘qing|яна кўринг|бу мавзуда яна ўқинг"),
    "zh": listed("另请阅读|相关阅读|延伸阅读|延伸閱讀|相關閱讀"),
}
"""A short paragraph that begins so, with a colon or in capitals, points to another story."""

STARTS = listed(
    """
    no media source currently available|the code has been copied to your clipboard
    the url has been copied to your clipboard|skip to main content|your browser doesn't support html5
    copyright (c) 20|copyright © 20|copyright © 19|copyright (c) 19"""
)
"""A short paragraph that begins so is furniture whatever follows: the player's texts run together."""

BIO_MARK = "16x9 image"
"""What stands for the portrait of the author in text-only copies of the family's pages; the bio follows."""

_OUR = r"(?:rfe/rl|radio free europe/radio liberty)(?:['’]s)?"
HOUSE = (
    rf"{_OUR} journalists report the news in \d+ languages",
    rf"{_OUR} [\w -]{{2,60}} (?:service|farda|azadi|mashaal|svoboda) (?:is|has been)"
    r" (?:recognized|(?:one of )?the (?:only|leading|largest|most|few)|an? (?:award|trusted|leading))\b",
    rf"{_OUR} [\w -]{{2,60}} service offers informed and accurate reporting",
    rf"{_OUR} radio farda breaks through government censorship",
    rf"{_OUR} [\w -]{{2,60}} is (?:tackling the difficult challenge of|a public-service broadcaster providing"
    r"|a multi-platform alternative to)",
    rf"{_OUR} [\w -]{{2,60}} service relaunched its operations in \d{{4}} after",
    rf"[\w.]{{2,30}} is a regional news outlet of {_OUR}",
    r"current time is the russian-language tv and digital network run by",
    rf"schemes \(skhemy\) is the award-winning investigative project of {_OUR}",
    rf"systema is {_OUR} russian-language investigative unit",
)
"""How the house describes itself at the end of a text (regular expressions)."""

OTHER_STORIES = listed(
    """
    all of the latest news|see all news updates of the day|see all news updates
    see all news updates of the day ▶|more news|all the latest news"""
)
"""On stored news pages the whole other stories that follow begin here."""
